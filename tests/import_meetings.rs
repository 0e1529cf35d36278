//! Meeting notes come in whole: every meeting, every word, and no page that a person edited is lost.

use plenary::meetings::{Format, Options, index_page, lost_words, page, read};

/// All pages of an export, as text.
fn pages(text: &str, options: &Options) -> (Vec<String>, Vec<(String, usize)>) {
    let minutes = read(text, options);
    let format = options.format.unwrap_or_else(|| Format::recognise(text));
    let mut pages: Vec<String> = minutes.meetings.iter().map(|meeting| page(meeting, Some("Group"), format)).collect();
    pages.extend(index_page(&minutes, Some("Group"), format));
    let lost = lost_words(text, pages.iter().map(String::as_str), &minutes.journal);
    (pages, lost)
}

/// Paragraphs of rendered Markdown that begin with what should have been a list's mark.
fn torn(page: &str) -> Vec<String> {
    let body = page.splitn(3, "---\n").nth(2).unwrap_or(page);
    let mut found = vec![];
    let mut events = pulldown_cmark::Parser::new(body);
    while let Some(event) = events.next() {
        if let pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph | pulldown_cmark::Tag::Item) = event
            && let Some(pulldown_cmark::Event::Text(text)) = events.next()
            && text.trim_start().starts_with(['•', '■', '☐', '□', '◦', '▪', '●', '○', '·'])
        {
            found.push(text.into_string());
        }
    }
    found
}

/// Exports outside the project, named by `PLENARY_EXPORTS=a.txt:b.txt`: the same demands on them.
#[test]
fn exports_named_by_the_environment_lose_nothing() {
    let Ok(paths) = std::env::var("PLENARY_EXPORTS") else { return };
    for path in paths.split(':') {
        let text = std::fs::read_to_string(path).expect("the export");
        for keep_private in [true, false] {
            let (pages, lost) = pages(&text, &Options { keep_private, ..Options::default() });
            assert_eq!(lost, [], "{path}");
            let torn: Vec<String> = pages.iter().flat_map(|page| torn(page)).collect();
            assert_eq!(torn, Vec::<String>::new(), "{path}");
        }
    }
}
