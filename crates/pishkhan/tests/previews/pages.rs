//! Pages: every honest file has its images, and no file breaks more than its worker.

use std::fs;

use futures_util::{StreamExt, stream};
use pishkhan_corpus::Specimen;
use pishkhan_inspect::Kind;
use pishkhan_office::previews::{PreviewError, PreviewLimits};

use crate::house::{draw, draw_in, limits, png, tiff, workshop, workshop_with};

/// How many workers the tests have.
const AT_ONCE: usize = 2;

/// Honest, and of shapes so rare that nothing here draws them: staff see a placeholder, and open the original.
const NOT_DRAWN: [&str; 9] = [
    "a PDF with an unclosed string",
    "jpeg, arithmetic coding",
    "jpeg, cut in a later scan's tables",
    "jpeg, height told behind the scan (DNL)",
    "jpeg, lossless, sixteen bits",
    "jpeg, twelve bits",
    "tiff, a packing that nobody knows",
    "tiff, jpeg 2000 within",
    "tiff, lab",
];

#[tokio::test]
async fn every_honest_picture_and_pdf_has_its_pages() {
    let drawable = pishkhan_corpus::honest().into_iter().filter(|specimen| !is_of_word(specimen));
    let silent = stream::iter(drawable).map(async |specimen| lack(&specimen).await).buffer_unordered(AT_ONCE);
    let mut silent: Vec<String> = silent.filter_map(async |lack| lack).collect().await;
    silent.sort();
    assert_eq!(silent, NOT_DRAWN);
}

/// What an honest file lacks; only its name if it is not drawn at all.
async fn lack(specimen: &Specimen) -> Option<String> {
    let Specimen { name, bytes, expected: Ok((kind, _)) } = specimen else { return None };
    let drawn = draw(*kind, bytes).await;
    let made = match &drawn.made {
        Ok(made) => *made,
        Err(PreviewError::Broken) => return Some((*name).to_owned()),
        Err(error) => return Some(format!("{name}: {error}")),
    };
    for page in 1..=made.pages {
        let (small, large) = (drawn.small_image(page), drawn.image(page));
        assert!(small.width <= 900 && small.height <= 3600, "{name}");
        assert!(large.width <= 1800 && large.height <= 7200, "{name}");
    }
    (made.pages != made.of.min(limits().pages)).then(|| format!("{name}: {} of {} pages", made.pages, made.of))
}

#[tokio::test]
async fn a_hostile_file_breaks_only_its_worker() {
    let small = workshop_with(PreviewLimits { memory_bytes: 256 * 1024 * 1024, pages: 1, ..limits() });
    let answers = stream::iter(pishkhan_corpus::hostile()).map(async |Specimen { name, bytes, .. }| {
        let kind = match bytes.get(..4) {
            Some([0xFF, 0xD8, ..]) => Kind::Jpeg,
            Some([0x89, b'P', ..]) => Kind::Png,
            Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+") => Kind::Tiff,
            _ => Kind::Pdf,
        };
        let drawn = draw_in(&small, kind, &bytes).await;
        let is_answered = matches!(drawn.made, Ok(_) | Err(PreviewError::Broken | PreviewError::TooBig));
        (!is_answered).then(|| format!("{name} as {kind:?}: {:?}", drawn.made))
    });
    let unanswered: Vec<String> = answers.buffer_unordered(AT_ONCE).filter_map(async |answer| answer).collect().await;
    assert_eq!(unanswered, Vec::<String>::new());
    let drawn = draw_in(&small, Kind::Png, &png(30, 20, |_, _| [9, 9, 9, 255])).await;
    assert_eq!(drawn.pages(), (1, 1), "the next file is drawn");
}

#[tokio::test]
async fn a_file_under_another_kind_is_broken() {
    let picture = png(30, 20, |_, _| [0, 0, 0, 255]);
    for kind in [Kind::Jpeg, Kind::Pdf, Kind::Tiff] {
        let drawn = draw(kind, &picture).await;
        assert!(matches!(drawn.made, Err(PreviewError::Broken)), "{kind:?}: {:?}", drawn.made);
        assert_eq!(fs::read_dir(drawn.out()).expect("the folder").count(), 0);
    }
}

#[tokio::test]
async fn a_page_is_made_smaller_and_never_larger() {
    let left_is_red = |x: u16, _: u16| if x < 1500 { [220, 20, 20] } else { [20, 20, 220] };
    let drawn = draw(Kind::Tiff, &tiff(3000, 400, left_is_red)).await;
    assert_eq!(drawn.pages(), (1, 1));
    let (small, large) = (drawn.small_image(1), drawn.image(1));
    assert_eq!((small.width, small.height, large.width, large.height), (900, 120, 1800, 240));
    for image in [small, large] {
        assert!(image.is(20, 50, [220, 20, 20]) && image.is(80, 50, [20, 20, 220]), "{:?}", image.at(20, 50));
    }

    let drawn = draw(Kind::Png, &png(60, 40, |_, y| if y < 20 { [0, 0, 0, 255] } else { [0, 0, 0, 0] })).await;
    let image = drawn.image(1);
    assert_eq!((image.width, image.height), (60, 40));
    assert!(image.is(50, 20, [0; 3]) && image.is(50, 80, [255; 3]), "what is transparent is white");
}

#[tokio::test]
async fn what_is_very_tall_is_bounded() {
    let drawn = draw(Kind::Png, &png(100, 20_000, |_, _| [7, 7, 7, 255])).await;
    let (small, large) = (drawn.small_image(1), drawn.image(1));
    assert_eq!((small.width, small.height, large.width, large.height), (18, 3600, 36, 7200));
}

/// An A0 sheet in black and white is 140 million bits; a bomb says that it has more pixels than anyone scans.
#[tokio::test]
async fn a_large_scan_fits_and_a_bomb_does_not() {
    let mut scan = Vec::new();
    let mut encoder = png::Encoder::new(&mut scan, 14_000, 14_000);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&vec![0b1111_0000; 14_000 / 8 * 14_000]).expect("the pixels");
    writer.finish().expect("the end");
    let workshop = workshop_with(PreviewLimits { memory_bytes: 256 * 1024 * 1024, ..limits() });
    let image = draw_in(&workshop, Kind::Png, &scan).await.image(1);
    assert_eq!((image.width, image.height), (1800, 1800));
    assert!(image.is(50, 50, [128; 3]), "fine lines become grey: {:?}", image.at(50, 50));

    let mut bomb = tiff(2, 2, |_, _| [0; 3]);
    // Its directory lies behind the 12 bytes of pixels; each entry ends with its value.
    for side in [30, 42] {
        bomb[side..side + 4].copy_from_slice(&60_000_u32.to_le_bytes());
    }
    let drawn = draw(Kind::Tiff, &bomb).await;
    assert!(matches!(drawn.made, Err(PreviewError::TooBig)), "{:?}", drawn.made);
}

#[tokio::test]
async fn at_most_so_many_pages_are_drawn_and_all_are_counted() {
    let Some(many) = pishkhan_corpus::honest().into_iter().find(is_long) else {
        panic!("the corpus has a document of several pages");
    };
    let (kind, _) = many.expected.expect("it is honest");
    let drawn = draw_in(&workshop_with(PreviewLimits { pages: 1, ..limits() }), kind, &many.bytes).await;
    let (pages, of) = drawn.pages();
    assert!(pages == 1 && of > 1, "{}: {pages} of {of}", many.name);
    assert!(!drawn.out().join("2-900.webp").exists());
}

#[tokio::test]
async fn a_file_that_is_gone_is_our_own_trouble() {
    let out = pishkhan_testkit::Folder::new();
    let made = workshop().pages(Kind::Pdf, &out.path().join("gone"), out.path()).await;
    assert!(matches!(made, Err(PreviewError::Io(_))), "{made:?}");
}

fn is_of_word(specimen: &Specimen) -> bool {
    matches!(specimen.expected, Ok((Kind::Doc | Kind::Docx, _)))
}

fn is_long(specimen: &Specimen) -> bool {
    matches!(specimen.expected, Ok((Kind::Pdf | Kind::Tiff, _))) && specimen.name.contains("pages")
}
