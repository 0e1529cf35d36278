//! The names that people write behind a fence, and the grammars that they mean.

/// The shell's grammar.
pub(super) const BASH: &str = "Bourne Again Shell (bash)";

/// How to find a grammar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Grammar<'a> {
    /// By its full name.
    Named(&'static str),
    /// By a file extension or its name in any case.
    Token(&'a str),
    /// The shell's, on the lines that were typed.
    Session,
}

/// Names that are no grammar's file extension, or the extension of another one.
const NAMES: &[(&str, &[&str])] = &[
    ("Batch File", &["batch", "dos"]),
    (BASH, &["shell", "shellscript", "ksh", "envrc"]),
    ("C#", &["csharp", "c#"]),
    ("C", &["h"]),
    ("CSS", &["postcss"]),
    ("Diff", &["udiff", "git-diff"]),
    ("Dockerfile", &["docker", "containerfile"]),
    ("DotENV", &["env", "dotenv"]),
    ("Elixir", &["iex"]),
    ("F#", &["fsharp", "fs", "f#"]),
    ("Go", &["golang"]),
    ("Gomod", &["gomod", "go-mod"]),
    ("Groovy", &["jenkins", "jenkinsfile"]),
    ("HTML", &["go-html-template", "gohtml"]),
    ("HTML (Jinja2)", &["html+jinja", "django"]),
    ("INI", &["systemd", "editorconfig", "dosini"]),
    ("JSON", &["jsonc", "json5", "jsonl", "ndjson", "json-lines", "webmanifest"]),
    ("JavaScript", &["javascript", "js", "node", "mjs", "cjs", "ecmascript"]),
    ("JavaScript (Babel)", &["jsx"]),
    ("Makefile", &["mk", "gnumake"]),
    ("Markdown", &["mdx"]),
    ("Objective-C", &["objectivec", "objective-c", "obj-c"]),
    ("PowerShell", &["pwsh", "posh", "ps"]),
    ("Protocol Buffer", &["proto2", "proto3", "protocol-buffers"]),
    ("Python", &["py2", "python2", "python3", "bazel", "bzl", "starlark", "tiltfile"]),
    ("Regular Expression", &["regex", "regexp"]),
    ("Rego", &["opa"]),
    ("SQL", &["postgres", "postgresql", "psql", "mysql", "sqlite", "plsql"]),
    ("Terraform", &["tofu", "opentofu"]),
    ("TypeScriptReact", &["typescriptreact"]),
    ("VimL", &["viml", "vimscript"]),
    ("XML", &["wsdl", "plist", "pom"]),
    ("YAML", &["helm", "kubernetes", "openapi", "compose", "docker-compose", "yaml+jinja", "cff"]),
];

const SESSIONS: &[&str] =
    &["console", "shell-session", "shellsession", "sh-session", "bash-session", "terminal", "shell-console"];

/// Names for "no colours", and diagrams, which a reader's browser draws.
const PLAIN: &[&str] =
    &["", "text", "plaintext", "plain", "txt", "none", "nohighlight", "raw", "output", "ascii", "mermaid", "math"];

/// The grammar that a name means, none for plain text.
pub(super) fn grammar(language: &str) -> Option<Grammar<'_>> {
    let is_one_of = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(language));
    if is_one_of(PLAIN) {
        return None;
    }
    if is_one_of(SESSIONS) {
        return Some(Grammar::Session);
    }
    let named = NAMES.iter().find(|(_, names)| is_one_of(names));
    Some(named.map_or(Grammar::Token(language), |(name, _)| Grammar::Named(name)))
}

#[cfg(test)]
pub(super) fn all_named() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    NAMES.iter().copied()
}
