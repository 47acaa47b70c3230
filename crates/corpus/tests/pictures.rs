//! An honest picture is one: decoders show it.

use std::io::Cursor;

use pishkhan_corpus::pictures;
use pishkhan_inspect::Kind;
use tiff::decoder::{Decoder, DecodingResult, Limits};

/// What the decoders at hand don't read, and why. The structure of these is honest all the same.
const UNREAD: [&str; 21] = [
    // Processes that few programs know.
    "jpeg, arithmetic coding",
    "jpeg, twelve bits",
    "jpeg, lossless, sixteen bits",
    "jpeg, height told behind the scan (DNL)",
    // Decoders differ in how much of what is missing they forgive.
    "jpeg, cut in a later scan's tables",
    // Too large to be unpacked in a test.
    "jpeg, largest size",
    "png, largest size",
    // Packings and colours that this decoder doesn't know; our fax codes are read where they are made.
    "tiff, huffman",
    "tiff, group 3",
    "tiff, group 3 in two dimensions",
    "tiff, older jpeg within",
    "tiff, older jpeg without strips",
    "tiff, jpeg 2000 within",
    "tiff, a packing that nobody knows",
    "tiff, palette",
    "tiff, lab",
    // What libtiff forgives and this decoder doesn't.
    "tiff, lengths of strips left out",
    "tiff, lengths of strips are zero",
    "tiff, length of the strip as if unpacked",
    "tiff, sizes with a sign",
    "tiff, pointer to the next page left out",
];

#[test]
fn every_honest_picture_can_be_decoded() {
    let mut faults = Vec::new();
    for specimen in pictures() {
        let Ok((kind, _)) = specimen.expected else { continue };
        let decoded = match kind {
            Kind::Jpeg => decode_jpeg(&specimen.bytes),
            Kind::Png => decode_png(&specimen.bytes),
            Kind::Tiff => decode_tiff(&specimen.bytes),
            Kind::Pdf | Kind::Doc | Kind::Docx => continue,
        };
        match (UNREAD.contains(&specimen.name), decoded) {
            (false, Err(error)) => faults.push(format!("{}: {error}", specimen.name)),
            (true, Ok(())) => faults.push(format!("{} can be read", specimen.name)),
            _ => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn decode_jpeg(bytes: &[u8]) -> Result<(), String> {
    let mut decoder = zune_jpeg::JpegDecoder::new(Cursor::new(bytes));
    decoder.decode().map(drop).map_err(|error| error.to_string())
}

fn decode_png(bytes: &[u8]) -> Result<(), String> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().map_err(|error| error.to_string())?;
    let size = reader.output_buffer_size().filter(|size| *size < 10_000_000).ok_or("too large")?;
    reader.next_frame(&mut vec![0; size]).map(drop).map_err(|error| error.to_string())
}

fn decode_tiff(bytes: &[u8]) -> Result<(), String> {
    let mut decoder =
        Decoder::new(Cursor::new(bytes)).map_err(|error| error.to_string())?.with_limits(Limits::default());
    let _pixels: DecodingResult = decoder.read_image().map_err(|error| error.to_string())?;
    Ok(())
}
