//! Word documents, drawn by `LibreOffice` behind walls of its own.

use std::io::{ErrorKind, Write};
use std::net::TcpListener;
use std::path::PathBuf;

use pishkhan_corpus::Specimen;
use pishkhan_inspect::Kind;
use pishkhan_office::previews::{PreviewError, Workshop};
use pishkhan_testkit::Folder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::house::{BINARY, draw, draw_in, limits, png};

#[tokio::test]
async fn word_documents_have_pages() {
    for kind in [Kind::Doc, Kind::Docx] {
        let is_of_kind = |specimen: &Specimen| matches!(specimen.expected, Ok((found, _)) if found == kind);
        let specimen = pishkhan_corpus::honest().into_iter().find(is_of_kind).expect("the corpus has one");
        let drawn = draw(kind, &specimen.bytes).await;
        assert!(drawn.made.is_ok(), "{}: {:?}", specimen.name, drawn.made);
        assert!(!drawn.out().join("office").exists(), "LibreOffice's folder is gone");
    }
}

#[tokio::test]
async fn a_letter_is_drawn_with_its_words_and_its_own_picture() {
    let red = png(200, 200, |_, _| [220, 0, 0, 255]);
    let drawn = draw(Kind::Docx, &docx("به نام خدا", "media/red.png", "Internal", Some(&red))).await;
    assert_eq!(drawn.pages(), (1, 1));
    assert!(drawn.image(1).has_ink());
    assert!(is_red_somewhere(&drawn.image(1)));
}

#[tokio::test]
async fn a_document_fetches_nothing_from_the_network() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    listener.set_nonblocking(true).expect("it is a socket");
    let drawn = draw(Kind::Docx, &docx("سلام", &format!("http://127.0.0.1:{port}/spy.png"), "External", None)).await;
    assert_eq!(drawn.pages(), (1, 1), "the letter is drawn without the picture");
    let nobody = listener.accept().expect_err("nobody called");
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
}

#[tokio::test]
async fn a_document_sees_no_file_but_itself() {
    let folder = Folder::new();
    let secret = folder.path().join("secret.png");
    std::fs::write(&secret, png(200, 200, |_, _| [220, 0, 0, 255])).expect("the folder is writable");
    let drawn = draw(Kind::Docx, &docx("سلام", &format!("file://{}", secret.display()), "External", None)).await;
    assert_eq!(drawn.pages(), (1, 1), "the letter is drawn without the picture");
    assert!(!is_red_somewhere(&drawn.image(1)), "a file of the server is in the preview");
}

#[tokio::test]
async fn without_an_office_there_is_a_clear_answer() {
    let workshop = Workshop::new(PathBuf::from(BINARY), limits(), None, 1);
    assert!(workshop.draws(Kind::Pdf) && !workshop.draws(Kind::Docx));
    let drawn = draw_in(&workshop, Kind::Docx, b"PK").await;
    assert!(matches!(drawn.made, Err(PreviewError::NotPossible)), "{:?}", drawn.made);
    let gone = Workshop::new(PathBuf::from(BINARY), limits(), Some(PathBuf::from("/usr/bin/no-such-office")), 1);
    let drawn = draw_in(&gone, Kind::Docx, b"PK").await;
    assert!(matches!(drawn.made, Err(PreviewError::NotPossible)), "{:?}", drawn.made);
}

fn is_red_somewhere(image: &crate::house::Image) -> bool {
    (0..100).any(|across| (0..100).any(|down| image.is(across, down, [220, 0, 0])))
}

/// A letter of one paragraph and one picture.
fn docx(text: &str, picture: &str, mode: &str, bytes: Option<&[u8]>) -> Vec<u8> {
    let link = if mode == "External" { "link" } else { "embed" };
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">
<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:p><w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1800000"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:{link}="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="1800000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>"#
    );
    let target = if mode == "External" { r#" TargetMode="External""# } else { "" };
    let relations = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="{picture}"{target}/></Relationships>"#
    );
    let types = r#"<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let root = r#"<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let mut entries: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ];
    if let Some(bytes) = bytes {
        entries.push(("word/media/red.png", bytes));
    }
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, SimpleFileOptions::default()).expect("a file within");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("the end").into_inner()
}
