//! What a site changes of the built-in theme without a copy of it: each thing by itself, the rest stays.

use super::support::{Built, build};

/// A site in the built-in theme with one change, in settings or in a file.
fn changed(settings: &str, file: &str) -> Built {
    let page = "-- content/en/_index.md --\n---\ntitle: Home\n---\nText.\n";
    build(&format!("-- site.yaml --\ntheme: tag\nlanguages: {{en: {{name: English}}}}\n{settings}\n{page}{file}"))
}

/// Is there with the change, and not without it.
#[track_caller]
fn check(settings: &str, file: &str, expected: &str) {
    let html = changed(settings, file).clean().text("index.html");
    assert!(html.contains(expected), "{html}");
    assert!(!changed("", "").clean().text("index.html").contains(expected), "{expected} is there anyway");
}

#[test]
fn settings_of_the_site_change_the_theme() {
    let logo = "<a class=\"brand\" href=\"/\"><img src=\"/logo.svg\" alt=\"\" width=\"48\" height=\"32\">";
    check("params: {logo: /logo.svg, logo_width: 48}", "", logo);
    check("params: {logo_link: \"https://example.com/\"}", "", "<a class=\"brand\" href=\"https://example.com/\">");
    check("params: {short_title: Short}", "", "<span>Short</span></a>");
    check("params: {palette: plum}", "", "data-palette=\"plum\"");
    check("palette: {accent: \"#005fa3\"}", "", "--accent:#005fa3;");
    let links = "<li><a href=\"https://chat.example.com/\" rel=\"external\">Chat</a></li>";
    check("params: {links: [{label: Chat, url: \"https://chat.example.com/\"}]}", "", links);
}

#[test]
fn what_settings_name_from_the_top_is_found_below_a_base_path() {
    let settings = "base_url: https://example.com/docs/
languages: {en: {name: English}, fr: {name: Français}}
params: {logo: /logo.svg, logo_link: /about/, links: [{label: Team, url: \"/about/#team\"}, {label: Away, url: //x.org}]}";
    let page = |title: &str| format!("---\ntitle: {title}\n---\n");
    let [home, about, accueil] = ["Home", "About", "Accueil"].map(page);
    let files = format!(
        "-- content/en/_index.md --\n{home}-- content/en/about.md --\n{about}## Team {{#team}}\n-- content/fr/_index.md --\n{accueil}"
    );
    let built = build(&format!("-- site.yaml --\ntheme: tag\n{settings}\n{files}"));
    let html = built.clean().text("fr/index.html");
    for expected in [
        "<a class=\"brand\" href=\"/docs/fr/about/\"><img src=\"/docs/logo.svg\"",
        "<li><a href=\"/docs/fr/about/#team\">Team</a></li>",
        "<li><a href=\"//x.org\" rel=\"external\">Away</a></li>",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn a_file_of_the_site_takes_the_place_of_one_of_the_theme() {
    check("", "-- themes/tag/templates/partials/footer.html --\n<footer>Ours</footer>\n", "<footer>Ours</footer>");
    check("", "-- themes/tag/templates/home.html --\n<main>Our home</main>\n", "<main>Our home</main>");
    check("", "-- i18n/en.yaml --\ndark_theme: Night\n", "<span class=\"vh\">Night</span>");
}

/// `theme.yaml` with these lines and nothing else.
fn laid(lines: &str) -> String {
    format!("-- themes/tag/theme.yaml --\n{lines}\n")
}

#[test]
fn a_theme_yaml_is_laid_over_the_built_in_one() {
    check("", &laid("colours: {accent: [\"#5b2a86\", \"#d6b4f0\"]}"), "--accent:#5b2a86;");
    check("", &laid("params: {logo: /logo.svg}"), "<img src=\"/logo.svg\" alt=\"\" width=\"32\" height=\"32\">");
    check("", &laid("params: {links: [{label: Chat, url: \"https://chat.example.com/\"}]}"), ">Chat</a></li>");
    // What it does not name is as it was: lists, types without a sidebar, the other colours.
    let built = changed("", &laid("params: {palette: plum}\nqueries: {home: {more: {section: blog}}}")).clean();
    let theme = &built.run.snapshot.theme;
    let names: Vec<&str> = theme.queries["home"].iter().map(|query| query.name.as_str()).collect();
    assert_eq!(names, ["more", "latest", "papers", "meetings"]);
    assert_eq!(theme.paginated, ["blog"]);
    assert_eq!(theme.colours.iter().count(), 8);
    assert!(!built.text("index.html").contains("--accent:"), "no colour was changed");
    // A list is replaced as a whole, and the site's own settings win.
    let built = changed(
        "palette: {accent: \"#005fa3\"}",
        &laid("paginated: []\ncolours: {accent: [\"#5b2a86\", \"#d6b4f0\"]}"),
    );
    assert!(built.run.snapshot.theme.paginated.is_empty());
    assert!(built.clean().text("index.html").contains("--accent:#005fa3;"));
}

#[test]
fn a_copy_of_the_built_in_theme_yaml_changes_nothing() {
    let copy = include_str!("../../themes/tag/theme.yaml");
    let text = |built: Built| built.clean().text("index.html");
    assert_eq!(text(changed("", &laid(copy))), text(changed("", "")));
}

#[test]
fn slips_in_a_theme_yaml_are_told() {
    let told = |lines: &str| changed("", &laid(lines)).diagnostics();
    assert_eq!(
        told("colours: {acent: [\"#5b2a86\", \"#d6b4f0\"]}"),
        ["themes/tag/theme.yaml:1:11 config-unknown the theme has no colour `acent` | did you mean `accent`?"]
    );
    assert_eq!(told("query: {}").len(), 1);
    let pale = told("colours: {accent: [\"#dddddd\", \"#72c9d0\"]}");
    assert!(pale[0].starts_with("themes/tag/theme.yaml:1:19 palette-contrast on light paper"), "{pale:?}");
}
