//! Each row: a Go template, how it is called, and what it then shows.

use super::{Inner, translate};
use tera::{Context, Kwargs, State, Tera};

/// Renders the translation of `go` with named parameters `params` (`a=1 b=2`), or positional ones
/// where there is no `=`.
fn render(go: &str, params: &str, inner: Inner) -> String {
    let template = translate(go, inner).unwrap_or_else(|obstacle| panic!("{go}: {obstacle}"));
    let mut tera = Tera::new();
    tera.register_filter("markdownify", |text: &str, _: Kwargs, _: &State| format!("<em>{text}</em>"));
    tera.register_function("text", |_: Kwargs, _: &State| "a string");
    tera.add_raw_template("x.html", &template).unwrap_or_else(|error| panic!("{template}: {error}"));
    let words = params.split_whitespace();
    let named: indexmap::IndexMap<_, _> = words.clone().filter_map(|word| word.split_once('=')).collect();
    let args: Vec<_> = words.filter(|word| !word.contains('=')).collect();
    let mut context = Context::new();
    context.insert("params", &named);
    context.insert("args", &args);
    context.insert("inner", &"<b>in</b>");
    context.insert("inner_raw", &"**in**");
    context.insert("page", &indexmap::IndexMap::from([("title", "A page")]));
    tera.render("x.html", &context).unwrap_or_else(|error| panic!("{template}: {error}"))
}

#[test]
fn simple_templates_do_the_same_in_tera() {
    for (go, params, shown) in [
        // Parameters, missing ones too.
        (r#"<b>{{ .Get "a" }}</b>"#, "a=1", "<b>1</b>"),
        (r#"<b>{{ .Get "a" }}</b>"#, "", "<b></b>"),
        (r#"{{ .Get "data-x" }}"#, "data-x=1", "1"),
        ("{{ .Get 0 }}/{{ .Get 1 }}", "x", "x/"),
        ("{{ .Params.a }}", "a=1", "1"),
        (r#"{{ $.Get "a" }}"#, "a=<", "&lt;"),
        // Inner content.
        ("{{ .Inner }}", "", "**in**"),
        ("{{ .Inner | safeHTML }}", "", "**in**"),
        ("{{ .Inner | markdownify }}", "", "<b>in</b>"),
        ("{{ markdownify .Inner }}", "", "<b>in</b>"),
        (r#"{{ .Get "a" | markdownify }}"#, "a=x", "<em>x</em>"),
        ("{{ .Inner | .Page.RenderString }}", "", "<b>in</b>"),
        ("{{ $.Page.RenderString .Inner }}", "", "<b>in</b>"),
        ("{{ trim .Inner \"\\n \" | markdownify }}", "", "<b>in</b>"),
        (r#"{{ .Get "src" | relURL }}"#, "src=/a.png", "/a.png"),
        (r#"{{ .Get "a" | safeHTML }}"#, "a=<i>", "<i>"),
        // Conditions.
        (r#"{{ if .Get "a" }}yes{{ else }}no{{ end }}"#, "", "no"),
        (r#"{{ if eq (.Get "a") "1" }}one{{ else if eq (.Get "a") "2" "3" }}more{{ end }}"#, "a=3", "more"),
        (r#"{{ if and (.Get "a") (not (.Get "b")) }}yes{{ end }}"#, "a=1", "yes"),
        (r#"{{ if ne (.Get 0) "x" }}other{{ end }}"#, "", "other"),
        (r#"{{ if or .Inner (.Get "a") }}yes{{ end }}"#, "", "yes"),
        (r#"{{ if isset .Params "a" }}yes{{ else }}no{{ end }}"#, "b=1", "no"),
        (r#"{{ with .Get "a" }}<i>{{ . }}</i>{{ end }}"#, "a=1", "<i>1</i>"),
        (r#"{{ with .Get "a" }}{{ . }}{{ else }}none{{ end }}"#, "", "none"),
        (r#"{{ with .Get "a" }}{{ $.Get "b" }}{{ end }}"#, "a=1 b=2", "2"),
        ("{{ with .Inner }}{{ . | markdownify }}{{ end }}", "", "<b>in</b>"),
        // Defaults and variables.
        (r#"{{ .Get "a" | default "z" }}"#, "", "z"),
        (r#"{{ .Get "a" | default "z" }}"#, "a=1", "1"),
        (r#"{{ default "z" (.Get 0) }}"#, "", "z"),
        (r#"{{ .Get "a" | default (.Get 0) }}"#, "x", "x"),
        (r#"{{ or (.Get "a") (.Get 0) "z" }}"#, "", "z"),
        (r#"{{ $x := .Get "a" | default "z" }}<p class="{{ $x }}">"#, "", r#"<p class="z">"#),
        (r#"{{ $x := "m" }}{{ if .Get "a" }}{{ $x = "n" }}{{ end }}{{ $x }}"#, "a=1", "n"),
        // White space, comments and what Tera would read as its own.
        ("a {{- /* note */ -}} b", "", "ab"),
        ("a\n{{- with .Get 0 -}}\n{{ . }}\n{{- end -}}\nb", "x", "axb"),
        ("{{/* a #} b */}}x", "", "x"),
        ("{% x %}{#y#}", "", "{% x %}{#y#}"),
        ("{{ .Page.Title }} {{ i18n \"key\" }}", "", "A page a string"),
        (r#"{{ .Get "a" | upper }}"#, "a=x", "X"),
        (r#"{{ "a }} \"b\"" }}"#, "", "a }} &quot;b&quot;"),
    ] {
        assert_eq!(render(go, params, Inner::Raw), shown, "{go} with {params}");
    }
}

#[test]
fn inner_of_the_percent_form_is_rendered_markdown() {
    assert_eq!(render("<div>{{ .Inner }}</div>", "", Inner::Rendered), "<div><b>in</b></div>");
    assert_eq!(render("{{ $x := .Inner }}{{ $x }}", "", Inner::Rendered), "<b>in</b>");
}

#[test]
fn what_cannot_be_translated_is_named() {
    for (go, obstacle) in [
        ("{{ range .Params }}{{ . }}{{ end }}", "`range`"),
        ("{{ partial \"x.html\" . }}", "`partial`"),
        ("{{ .Page.Resources.GetMatch (.Get 0) }}", "`.Page.Resources.GetMatch`"),
        ("{{ with .Get 0 }}{{ .Get 1 }}{{ end }}", "`.Get`"),
        ("{{ $x }}", "`$x`"),
        ("{{ .Get (.Get 0) }}", "`.Get` with something other than a name or a number"),
        ("{{ or .Inner (.Get 0) }}", "a value that is text or HTML"),
        ("{{ if .Inner }}", "`if` or `with` without `end`"),
        ("{{ end }}", "`end` or `else` without `if`"),
        ("{{ .Get 0 ", "an action without its end"),
        ("{{ .Get 0 | relURL }}", "`relURL`"),
        ("{{ index .Params 0 }}", "`index`"),
        ("{{ printf \"%s\" (.Get 0) }}", "`printf`"),
    ] {
        assert_eq!(translate(go, Inner::Raw), Err(obstacle.to_owned()), "{go}");
    }
}
