#![expect(clippy::cast_precision_loss, reason = "ratios of small sizes")]

use std::time::Instant;

use super::*;

fn html(language: &str, code: &str) -> Arc<str> {
    Highlighter::new().code_block(&CodeBlock::new(language, code))
}

/// What stands between `<code>` and `</code>`.
fn inner(language: &str, code: &str) -> String {
    let html = html(language, code);
    let (_, rest) = html.split_once("<code>").unwrap();
    rest.strip_suffix("</code></pre></div>").unwrap().to_owned()
}

/// What a reader sees and copies.
fn visible(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const SAMPLES: [(&str, &str); 13] = [
    ("yaml", include_str!("samples/deployment.yaml")),
    ("go", include_str!("samples/controller.go")),
    ("bash", include_str!("samples/install.sh")),
    ("json", include_str!("samples/package.json")),
    ("dockerfile", include_str!("samples/image.dockerfile")),
    ("toml", include_str!("samples/Settings.toml")),
    ("python", include_str!("samples/report.py")),
    ("typescript", include_str!("samples/client.ts")),
    ("rust", include_str!("samples/digest.rs")),
    ("diff", include_str!("samples/values.diff")),
    ("html", include_str!("samples/page.html")),
    ("terraform", include_str!("samples/main.tf")),
    ("console", include_str!("samples/first-steps.console")),
];

#[test]
fn the_html_of_documentation_code_stays_below_four_times_its_size() {
    for (language, code) in SAMPLES {
        let html = html(language, code);
        assert!(html.len() < 4 * code.len(), "{language}: {}", html.len() as f64 / code.len() as f64);
        assert!(html.matches("<i class=").count() >= 5, "{language} is not highlighted");
    }
}

#[test]
fn the_code_is_all_there_in_every_form() {
    let highlighter = Highlighter::new();
    for (language, code) in SAMPLES {
        for language in [language, "", "no-such-language"] {
            let plain = CodeBlock::new(language, code);
            assert_eq!(visible(&highlighter.code_block(&plain)), code.trim_end_matches('\n'));
            let numbered = CodeBlock { line_numbers: true, ..plain };
            assert_eq!(visible(&highlighter.code_block(&numbered)), code, "{language} with numbers");
        }
    }
}

#[test]
fn tokens_have_the_classes_of_the_contract() {
    for (language, code, expected) in [
        ("yaml", "kind: Pod # one\n", r#"<i class="a">kind</i>: <i class="s">Pod</i> <i class="c"># one</i>"#),
        ("json", r#"{"a": 1}"#, r#"{<i class="a">"a"</i>: <i class="n">1</i>}"#),
        (
            "sh",
            "echo \"${A:-b}\"",
            r#"<i class="f">echo</i> <i class="s">"</i><i class="v">${A:-b}</i><i class="s">"</i>"#,
        ),
        ("golang", "go func() {}", r#"<i class="k">go func</i>() {}"#),
        ("rs", "#[test]\nfn f() {}", "<i class=\"m\">#[test]</i>\n<i class=\"k\">fn</i> <i class=\"f\">f</i>() {}"),
        (
            "html",
            "<b>x &amp; y</b>",
            r#"<i class="g">&lt;b&gt;</i>x <i class="b">&amp;amp;</i> y<i class="g">&lt;/b&gt;</i>"#,
        ),
        ("diff", "-a\n+b\n+c\n", "<i class=\"del\">-a</i>\n<i class=\"ins\">+b\n+c</i>"),
        ("toml", "[a.b]\nc = true", "<i class=\"g\">[a.b]</i>\n<i class=\"a\">c</i> = <i class=\"b\">true</i>"),
        ("console", "$ ls -l\ntotal 0\n", "<i class=\"m\">$</i> <i class=\"f\">ls</i> <i class=\"a\">-l</i>\ntotal 0"),
        ("console", "ls -l\n", r#"<i class="f">ls</i> <i class="a">-l</i>"#),
    ] {
        assert_eq!(inner(language, code), expected, "{language}: {code}");
    }
}

#[test]
fn plain_text_is_escaped_and_nothing_else() {
    for language in ["", "text", "nonsense", "\"<>&"] {
        assert_eq!(inner(language, "a < b && c > \"d\"\n\n  e\n"), "a &lt; b &amp;&amp; c &gt; \"d\"\n\n  e");
    }
    assert_eq!(
        &*html("mermaid", "graph LR\n  A --> B\n"),
        "<div class=\"code\"><pre class=\"code-block\" data-lang=\"mermaid\" tabindex=\"0\"><code>\
         graph LR\n  A --&gt; B</code></pre></div>"
    );
    assert!(html("\"<&", "x").contains("data-lang=\"&quot;&lt;&amp;\""));
    assert_eq!(
        &*html("", ""),
        "<div class=\"code\"><pre class=\"code-block\" tabindex=\"0\"><code></code></pre></div>"
    );
}

#[test]
fn lines_are_elements_where_they_are_numbered_or_pointed_out() {
    let (_, options) = parse_info("yaml {title=\"a & b.yaml\" linenos=true hl_lines=2 linenostart=9}");
    let block = options.block("yaml", "a: |\n  b\n\nc: 1\n", false);
    assert_eq!(
        &*Highlighter::new().code_block(&block),
        "<div class=\"code\"><div class=\"code-title\">a &amp; b.yaml</div>\
         <pre class=\"code-block\" data-lang=\"yaml\" tabindex=\"0\"><code>\
         <span class=\"line\" data-n=\"9\"><i class=\"a\">a</i>: <i class=\"k\">|</i>\n</span>\
         <span class=\"line hl\" data-n=\"10\">  <i class=\"s\">b</i>\n</span>\
         <span class=\"line\" data-n=\"11\">\n</span>\
         <span class=\"line\" data-n=\"12\"><i class=\"a\">c</i>: <i class=\"n\">1</i>\n</span>\
         </code></pre></div>"
    );
    let pointed = CodeBlock { highlighted: &[1..=1], ..CodeBlock::new("", "a\nb") };
    let html = Highlighter::new().code_block(&pointed);
    assert!(html.contains("<code><span class=\"line hl\">a\n</span><span class=\"line\">b\n</span></code>"), "{html}");
}

#[test]
fn names_mean_grammars() {
    let highlighter = Highlighter::new();
    let grammars = highlighter.grammars();
    for (name, aliases) in languages::all_named() {
        assert!(grammars.set.find_syntax_by_name(name).is_some(), "{name}, for {aliases:?}");
    }
    let usual = "sh shell bash zsh console yml yaml golang go js jsx ts tsx py python docker dockerfile Dockerfile json \
        jsonc toml hcl tf terraform proto protobuf ini diff patch html xml css scss sql rust rs java kotlin c cpp c++ \
        csharp cs ruby rb php lua perl r scala swift make makefile cmake nginx graphql groovy powershell md markdown \
        http vue svelte rego nix elixir haskell properties env csv latex vim helm jinja fish awk";
    for language in usual.split_whitespace() {
        let found = grammar(language).and_then(|wanted| grammars.find(&wanted));
        assert!(found.is_some(), "{language}");
    }
    for language in ["", "text", "plaintext", "txt", "mermaid", "k8s", "{", "日本語"] {
        let found = grammar(language).and_then(|wanted| grammars.find(&wanted));
        assert!(found.is_none(), "{language}");
    }
}

#[test]
fn each_distinct_block_is_made_once_by_however_many_threads() {
    let highlighter = Highlighter::new();
    let block = CodeBlock::new("go", SAMPLES[1].1);
    let made: Vec<Arc<str>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| highlighter.code_block(&block))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(made.iter().all(|html| Arc::ptr_eq(html, &made[0])));
    assert_eq!(highlighter.distinct(), 1);
    for other in [
        CodeBlock { language: "rust", ..block },
        CodeBlock { title: Some(""), ..block },
        CodeBlock { line_numbers: true, ..block },
        CodeBlock { first_line: 2, ..block },
        CodeBlock { highlighted: &[1..=2], ..block },
        CodeBlock { code: "", ..block },
    ] {
        highlighter.code_block(&other);
    }
    assert_eq!(highlighter.distinct(), 7);
}

#[test]
fn what_would_take_too_long_stays_plain() {
    let minified = format!("let a = \"{}\";\n", "x".repeat(LONGEST_LINE));
    assert!(!html("js", &minified).contains("<i "));
    let long = "a: b\n".repeat(LARGEST_BLOCK / 5 + 1);
    assert!(!html("yaml", &long).contains("<i "));
}

#[test]
fn line_ends_of_other_systems_are_kept() {
    assert_eq!(
        inner("yaml", "a: 1\r\nb: 2\r\n"),
        "<i class=\"a\">a</i>: <i class=\"n\">1</i>\r\n<i class=\"a\">b</i>: <i class=\"n\">2</i>\r"
    );
}

/// `cargo test --release --lib highlight -- --ignored --nocapture`
#[test]
#[ignore = "a measurement"]
fn speed_and_size() {
    let started = Instant::now();
    let highlighter = Highlighter::new();
    highlighter.grammars();
    println!("load {:?}", started.elapsed());
    for (language, code) in SAMPLES {
        let block = CodeBlock::new(language, code);
        let (first, warm) = (time(1, || highlighter.make(&block)), time(20, || highlighter.make(&block)));
        let cached = time(1_000, || highlighter.code_block(&block));
        let kilobytes = code.len() as f64 / 1024.0;
        let ratio = highlighter.make(&block).len() as f64 / code.len() as f64;
        println!(
            "{language:>12} {:5.0} µs/KB, first {first:6.0} µs, cached {cached:.2} µs, size x{ratio:.2}",
            warm / kilobytes
        );
    }
}

/// Microseconds a turn.
fn time<T>(turns: u32, work: impl Fn() -> T) -> f64 {
    let started = Instant::now();
    for _ in 0..turns {
        std::hint::black_box(work());
    }
    started.elapsed().as_secs_f64() * 1e6 / f64::from(turns)
}
