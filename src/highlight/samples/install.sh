#!/usr/bin/env bash
set -euo pipefail

# Install the command line tool into a folder of the user's path
VERSION="${VERSION:-v1.8.0}"
TARGET="${1:-$HOME/.local/bin}"
OS=$(uname -s | tr '[:upper:]' '[:lower:]')

if ! command -v curl >/dev/null 2>&1; then
  echo "curl is needed" >&2
  exit 1
fi

download() {
  local url="https://example.org/releases/${VERSION}/tool-${OS}-amd64.tar.gz"
  curl --fail --silent --show-error --location "$url" --output /tmp/tool.tar.gz
  tar -xzf /tmp/tool.tar.gz -C "$TARGET" tool
}

for attempt in 1 2 3; do
  if download; then
    break
  fi
  sleep $((attempt * 2))
done

kubectl create namespace platform --dry-run=client -o yaml | kubectl apply -f -
helm upgrade --install platform oci://registry.example.org/charts/platform \
  --namespace platform \
  --set image.tag="${VERSION}" \
  --wait --timeout 5m

cat <<EOF > "$HOME/.config/tool.yaml"
endpoint: https://platform.example.org
version: ${VERSION}
EOF

kubectl get pods -n platform -o jsonpath='{.items[*].metadata.name}'
