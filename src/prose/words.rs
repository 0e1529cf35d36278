//! Words by language that the checks have to know.

/// Words that stand twice in good sentences: "what he had had", « nous nous voyons ».
pub(super) fn is_said_twice(language: &str, word: &str) -> bool {
    let words: &[&str] = match language {
        "en" => &["had", "that", "is", "in", "bye"],
        "fr" => &["nous", "vous", "en", "faire"],
        "de" => &["der", "die", "das", "sie", "dem", "den"],
        "it" => &["via", "man", "così", "piano"],
        "es" | "pt" => &["que", "se"],
        "nl" => &["dat", "die"],
        _ => &[],
    };
    words.contains(&word.to_lowercase().as_str())
}

/// Is this, in lower case, all that a link says, and does it say nothing? English words count everywhere.
pub(super) fn says_nothing(language: &str, text: &str) -> bool {
    const ENGLISH: &[&str] = &["here", "click here", "this", "this link", "this page", "see here", "right here"];
    let words: &[&str] = match language {
        "fr" => &["ici", "cliquez ici", "ce lien"],
        "it" => &["qui", "clicca qui", "questo link"],
        "pt" => &["aqui", "clique aqui", "este link", "neste link"],
        "es" => &["aquí", "haz clic aquí", "este enlace"],
        "de" => &["hier", "hier klicken", "dieser link"],
        "nl" => &["hier", "klik hier"],
        "ko" => &["여기", "여기를 클릭", "이곳"],
        "ja" => &["こちら", "ここ", "ここをクリック"],
        "zh" => &["这里", "此处", "点击这里", "点此", "這裡", "點此"],
        _ => &[],
    };
    !text.is_empty() && (words.contains(&text) || ENGLISH.contains(&text))
}
