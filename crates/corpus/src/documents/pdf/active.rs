//! What acts when it is opened, in the open and in hiding.

use pishkhan_inspect::{Flag, Kind};

use super::super::accepted;
use super::writer::{Pdf, deflated};
use crate::Specimen;

const SCRIPT: &str = "<</S/JavaScript/JS(app.alert(1))>>";

pub(super) fn specimens() -> Vec<Specimen> {
    [in_the_open(), in_hiding(), in_two_readings(), in_odd_packing()].into_iter().flatten().collect()
}

fn in_the_open() -> Vec<Specimen> {
    let with = |name, flags: &[Flag], catalog: &str| accepted(name, Kind::Pdf, flags, Pdf::letter(catalog).finish(""));
    vec![
        with("a PDF with a script", &[Flag::Script], &format!("/OpenAction{SCRIPT}")),
        with("a PDF that starts a program", &[Flag::Launch], "/OpenAction<</S/Launch/F(cmd.exe)>>"),
        with(
            "a PDF that opens another file",
            &[Flag::Launch],
            "/OpenAction<</S/GoToR/F(\\\\\\\\server\\\\a.pdf)/D[0/Fit]>>",
        ),
        with(
            "a PDF with a file in it",
            &[Flag::EmbeddedFiles],
            "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>]>>>>",
        ),
        with("a PDF with a file on a page", &[Flag::EmbeddedFiles], "/Extra<</Subtype/FileAttachment>>"),
        with("a PDF with a dynamic form", &[Flag::DynamicForm], "/AcroForm<</XFA 9 0 R>>"),
        with("a PDF with a link", &[Flag::Links], "/Extra<</S/URI/URI(https://a.example/)>>"),
        with("a PDF with a form that is sent", &[Flag::Links], "/Extra<</S/SubmitForm/F(https://a.example/)>>"),
        with(
            "a PDF with everything",
            &[Flag::Script, Flag::Launch, Flag::EmbeddedFiles, Flag::DynamicForm, Flag::Links],
            "/A<</S/URI>>/B<</XFA 1 0 R>>/C<</EF 1 0 R>>/D<</S/Launch>>/E<</JS(1)>>",
        ),
        with(
            "a PDF with an ordinary form and a jump",
            &[],
            "/OpenAction[3 0 R/Fit]/AcroForm<</Fields[]>>/Title(/JavaScript)",
        ),
    ]
}

fn in_hiding() -> Vec<Specimen> {
    let script = |name, bytes: Vec<u8>| accepted(name, Kind::Pdf, &[Flag::Script], bytes);
    let mut packed = Pdf::letter("/OpenAction 6 0 R");
    packed.packed(5, &[(6, SCRIPT)], |data| data);
    let mut damaged = Pdf::letter("/OpenAction 6 0 R");
    damaged.packed(5, &[(6, SCRIPT)], |mut data| {
        data.truncate(data.len() - 4);
        data
    });
    let mut unreadable = Pdf::letter("/OpenAction 6 0 R");
    unreadable.stream(5, "/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode", b"36203020>");
    let mut predicted = Pdf::letter("/OpenAction 6 0 R");
    predicted.stream(5, "/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>", b"x");
    let mut in_stream = Pdf::letter("/OpenAction 6 0 R");
    in_stream.stream(5, "", format!("words\n6 0 obj\n{SCRIPT}\nendobj\n").as_bytes());
    let mut in_comment = Pdf::letter("/OpenAction 6 0 R");
    in_comment.bytes.extend_from_slice(format!("% a note 6 0 obj {SCRIPT} endobj\n").as_bytes());
    let in_string = Pdf::letter(&format!("/OpenAction 6 0 R/Title(note 6 0 obj {SCRIPT} endobj)"));
    vec![
        script(
            "a PDF with a script under another spelling",
            Pdf::letter("/OpenAction<</#53/J#61vaScr#69pt/J#53(1)>>").finish(""),
        ),
        script(
            "a PDF with a script elsewhere than its action",
            Pdf::letter("/OpenAction<</S 9 0 R>>/X/JavaScript").finish(""),
        ),
        script("a PDF with a packed script", packed.finish("")),
        script("a PDF with a packed script, cut off", damaged.finish("")),
        script("a PDF with an object stream in letters", unreadable.finish("")),
        script("a PDF with an object stream that is predicted", predicted.finish("")),
        script("a PDF with a script inside a stream", in_stream.finish("")),
        script("a PDF with a script inside a comment", in_comment.finish("")),
        script("a PDF with a script inside a string", in_string.finish("")),
    ]
}

/// What one reader takes for a string, a comment or a stream, and another for names.
fn in_two_readings() -> Vec<Specimen> {
    let with = |name, flags: &[Flag], catalog: &str| accepted(name, Kind::Pdf, flags, Pdf::letter(catalog).finish(""));
    let script = [Flag::Script];
    vec![
        with("a PDF with a script behind a false comment", &script, &format!("/T(x obj %)/OpenAction{SCRIPT}")),
        with("a PDF with a script behind a false string", &script, &format!("/T(x obj <)/OpenAction{SCRIPT}")),
        with(
            "a PDF with a program behind a false comment",
            &[Flag::Launch, Flag::EmbeddedFiles, Flag::DynamicForm],
            "/T(1 obj %)/X<</S/Launch/F(calc.exe)/EF<<>>/XFA 1>>",
        ),
        with(
            "a PDF with a script in a false stream",
            &script,
            &format!("/X<<>> stream /OpenAction{SCRIPT} %endstream\n"),
        ),
    ]
}

/// Object streams that don't say plainly what they are, or how they are packed.
fn in_odd_packing() -> Vec<Specimen> {
    let data = format!("6 0 {SCRIPT} ").into_bytes();
    let with = |name, entries: &str| {
        let mut pdf = Pdf::letter("/OpenAction 6 0 R");
        pdf.object(7, "12");
        pdf.stream(5, entries, &deflated(&data));
        accepted(name, Kind::Pdf, &[Flag::Script], pdf.finish(""))
    };
    vec![
        with("a PDF with an object stream that has no type", "/N 1/First 4/Filter/FlateDecode"),
        with("a PDF with an object stream whose type is elsewhere", "/Type 7 0 R/N 1/First 4/Filter/FlateDecode"),
        with(
            "a PDF with an object stream whose filter is elsewhere",
            "/Type/ObjStm/N 1/First 4/Filter[/FlateDecode 7 0 R]",
        ),
        with(
            "a PDF with an object stream whose predictor is elsewhere",
            "/Type/ObjStm/N 1/First 4/Filter/FlateDecode/DecodeParms<</Predictor 7 0 R/Columns 16>>",
        ),
    ]
}
