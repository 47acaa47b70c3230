//! Enough of HTML and askama to tell text from tags from expressions.

/// A piece of a template.
pub enum Piece {
    /// What people read.
    Text(String),
    /// A tag with its attributes, expressions blanked.
    Tag(String),
    /// What stands between `{{` and `}}` or `{%` and `%}`, wherever it stands.
    Expression(String),
}

/// Takes a template apart. Comments, scripts, styles and keys of the keyboard are left out. Each piece comes with its line.
pub fn pieces(text: &str) -> Vec<(usize, Piece)> {
    let mut pieces = Vec::new();
    let html = take_expressions(text, &mut pieces);
    let mut line = 1;
    let mut rest = html.as_str();
    while let Some(begin) = rest.find('<') {
        pieces.push((line, Piece::Text(rest[..begin].to_owned())));
        line += lines(&rest[..begin]);
        rest = &rest[begin..];
        let end = end_of_tag(rest);
        let tag = &rest[..end];
        if !tag.starts_with("<!--") {
            pieces.push((line, Piece::Tag(tag.to_owned())));
        }
        line += lines(tag);
        rest = &rest[end..];
    }
    pieces.push((line, Piece::Text(rest.to_owned())));
    pieces
}

/// The values of some attributes, without the expressions in them.
pub fn attributes(text: &str, names: &[&str]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, piece) in pieces(text) {
        let Piece::Tag(tag) = piece else { continue };
        for name in names {
            for (at, beginning) in tag.match_indices(&format!("{name}=\"")) {
                let is_whole_name = tag[..at].ends_with(char::is_whitespace);
                let value = tag[at + beginning.len()..].split('"').next().unwrap_or_default();
                if is_whole_name {
                    found.push((line + lines(&tag[..at]), value.to_owned()));
                }
            }
        }
    }
    found
}

/// Cuts askama's parts out, leaving the same number of lines, so that the rest is HTML.
fn take_expressions(text: &str, pieces: &mut Vec<(usize, Piece)>) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some((at, end)) = ["{{", "{%", "{#"]
        .iter()
        .zip(["}}", "%}", "#}"])
        .filter_map(|(open, close)| Some((rest.find(open)?, close)))
        .min()
    {
        html.push_str(&rest[..at]);
        let inner = &rest[at + 2..];
        let length = inner.find(end).unwrap_or(inner.len());
        if end != "#}" {
            pieces.push((1 + lines(&html), Piece::Expression(inner[..length].to_owned())));
        }
        html.extend(std::iter::repeat_n('\n', lines(&inner[..length])));
        rest = inner[length..].strip_prefix(end).unwrap_or_default();
        if is_class_block(&inner[..length]) {
            let class = rest.find("{%").unwrap_or(rest.len());
            html.extend(std::iter::repeat_n('\n', lines(&rest[..class])));
            rest = &rest[class..];
        }
    }
    html + rest
}

/// `{% block body_class %}wide{% endblock %}` fills an attribute of the base page: for machines, not for people.
fn is_class_block(expression: &str) -> bool {
    let mut words = expression.trim_matches('-').split_whitespace();
    words.next() == Some("block") && words.next().is_some_and(|name| name.ends_with("_class"))
}

/// Where a tag ends; with its contents, for tags that hold no text for people.
fn end_of_tag(html: &str) -> usize {
    for (begin, end) in [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"), ("<kbd", "</kbd>")] {
        if html.starts_with(begin) {
            return html.find(end).map_or(html.len(), |at| at + end.len());
        }
    }
    html.find('>').map_or(html.len(), |at| at + 1)
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

#[test]
fn a_template_comes_apart_line_by_line() {
    let text = "{# Note. #}{% block a_class %}wide{% endblock %}<p\n title=\"Oh\" href=\"{{ to(\"b\") }}\">Hello\n\
        {% if x < 3 %}<kbd>J</kbd>{% endif %}</p><!-- x -->";
    let mut texts = Vec::new();
    let mut expressions = Vec::new();
    for (line, piece) in pieces(text) {
        match piece {
            Piece::Text(text) if !text.trim().is_empty() => texts.push((line, text)),
            Piece::Expression(text) => expressions.push((line, text)),
            Piece::Text(_) | Piece::Tag(_) => {}
        }
    }
    assert_eq!(texts, [(2, "Hello\n".to_owned())]);
    let written = [(1, " block a_class "), (1, " endblock "), (2, " to(\"b\") "), (3, " if x < 3 "), (3, " endif ")];
    assert_eq!(expressions, written.map(|(line, text)| (line, text.to_owned())));
    assert_eq!(attributes(text, &["title"]), [(2, "Oh".to_owned())]);
}
