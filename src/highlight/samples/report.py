"""Counts the pods of each namespace."""
from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field

from kubernetes import client, config


@dataclass(frozen=True)
class Report:
    cluster: str
    pods: Counter[str] = field(default_factory=Counter)

    def lines(self, limit: int = 10) -> list[str]:
        # The busiest namespaces first
        return [f"{name:<32} {count:>5}" for name, count in self.pods.most_common(limit)]


def collect(cluster: str) -> Report:
    config.load_kube_config(context=cluster)
    report = Report(cluster)
    for pod in client.CoreV1Api().list_pod_for_all_namespaces().items:
        if pod.status.phase == "Running" and not pod.metadata.deletion_timestamp:
            report.pods[pod.metadata.namespace] += 1
    return report


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cluster", nargs="?", default="kind-local")
    print("\n".join(collect(parser.parse_args().cluster).lines()))
