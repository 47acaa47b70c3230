//! The protocol, rule by rule.

use axum::body::Body;
use axum::http::Method;
use data_encoding::BASE64;
use pishkhan_testkit::{Letter, on_both, samples};
use sha2::{Digest, Sha256};

use super::{BYTES, MEBIBYTE, Program, arrived, pdf, place};

#[tokio::test]
async fn what_we_can_do_is_told_to_everybody() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        for browser in [app.browser(), program.sender.browser.clone()] {
            let told = browser.send(Method::OPTIONS, &program.uploads(), None, Body::empty()).await.is(204);
            assert_eq!(told.header("tus-version"), Some("1.0.0"));
            assert_eq!(told.header("tus-resumable"), Some("1.0.0"));
            assert_eq!(told.header("tus-max-size"), Some("20971520"));
            assert_eq!(
                told.header("tus-extension"),
                Some("creation,creation-with-upload,expiration,checksum,termination")
            );
            assert_eq!(told.header("tus-checksum-algorithm"), Some("sha1,sha256"));
            assert_eq!(told.header("access-control-allow-origin"), None, "no other site may go on from here");
        }
    })
    .await;
}

#[tokio::test]
async fn without_our_version_of_tus_nothing_is_done() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 100).await;
        for version in ["", "0.2.2", "2.0.0"] {
            let no_version = [("tus-resumable", version), ("upload-length", "9"), ("upload-offset", "0")];
            for (method, path) in [
                (Method::POST, program.uploads()),
                (Method::HEAD, upload.clone()),
                (Method::PATCH, upload.clone()),
                (Method::DELETE, upload.clone()),
                (Method::POST, upload.clone()),
            ] {
                let refused = program.ask(method, &path, &no_version, Body::empty()).await.is(412);
                assert_eq!(refused.header("tus-version"), Some("1.0.0"));
            }
        }
        assert_eq!(program.offset(&upload).await, 0);
        assert_eq!(app.count("select count(*) from uploads").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_file_comes_in_two_pieces_and_its_draft_has_it() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(1_000);
        let begun = program.creates("قبض آب.pdf", file.len()).await.is(201);
        assert!(begun.header("upload-expires").is_some_and(|at| at.ends_with(" GMT")));
        let upload = place(&begun);
        let some = program.sends(&upload, 0, file.slice(..400)).await.is(204);
        assert_eq!(arrived(&some), 400);
        assert!(some.header("upload-expires").is_some());
        let told = program.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(200);
        assert_eq!((arrived(&told), told.header("upload-length")), (400, Some("1000")));
        assert_eq!(told.header("cache-control"), Some("no-store"));
        let metadata = format!("filename {}", BASE64.encode("قبض آب.pdf".as_bytes()));
        assert_eq!(told.header("upload-metadata"), Some(&*metadata));
        assert!(program.files().await.is_empty());

        let rest = program.sends(&upload, 400, file.slice(400..)).await.is(204);
        assert_eq!((arrived(&rest), rest.header("upload-expires")), (1_000, None));
        assert_eq!(program.files().await, ["قبض آب.pdf"]);
        assert_eq!(program.offset(&upload).await, 1_000, "whoever lost the answer finds that all has come");
        assert_eq!(app.files().await, 1, "the pieces are gone");
        let stored = app.texts("select sha256 from files").await;
        assert_eq!(stored, [data_encoding::HEXLOWER.encode(&Sha256::digest(&file))]);
        program.sender.get(&format!("/letters/new?draft={}", program.draft)).await.ok().says("قبض آب.pdf");
    })
    .await;
}

#[tokio::test]
async fn wrong_requests_get_the_answers_of_the_standard() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 100).await;
        let ask = async |method: Method, path: &str, headers: &[(&'static str, &str)], status: u16| {
            let answer = program.ask(method, path, headers, Body::from("0123456789")).await.is(status);
            assert_eq!(answer.header("tus-resumable"), Some("1.0.0"));
        };
        let (kind, all) = (("content-type", BYTES), program.uploads());
        ask(Method::PATCH, &upload, &[("upload-offset", "0")], 415).await;
        ask(Method::PATCH, &upload, &[("upload-offset", "0"), ("content-type", "text/plain")], 415).await;
        ask(Method::PATCH, &upload, &[kind], 400).await;
        for offset in ["-1", "0x0", "1e2", "", "9999999999999999999999"] {
            ask(Method::PATCH, &upload, &[kind, ("upload-offset", offset)], 400).await;
        }
        ask(Method::PATCH, &upload, &[kind, ("upload-offset", "7")], 409).await;
        ask(Method::PATCH, &upload, &[kind, ("upload-offset", "0"), ("upload-checksum", "md5 AAAA")], 400).await;
        ask(Method::PATCH, &format!("{all}/{}", "a".repeat(26)), &[kind, ("upload-offset", "0")], 404).await;
        ask(Method::PATCH, &format!("{all}/x"), &[kind, ("upload-offset", "0")], 404).await;
        ask(Method::POST, &all, &[kind], 400).await;
        ask(Method::POST, &all, &[kind, ("upload-defer-length", "1")], 400).await;
        ask(Method::POST, &all, &[kind, ("upload-length", "10"), ("upload-concat", "partial")], 400).await;
        ask(Method::POST, &all, &[kind, ("upload-length", "10"), ("upload-metadata", "a ###")], 400).await;
        ask(Method::POST, &all, &[("upload-length", "10"), ("content-length", "10")], 415).await;
        ask(Method::POST, &all, &[kind, ("upload-length", "20971521")], 413).await;
        ask(Method::POST, &upload, &[kind, ("upload-offset", "0")], 405).await;
        program.creates("خالی.pdf", 0).await.is(422).says("خالی است");
        assert_eq!(program.offset(&upload).await, 0);
        assert_eq!(app.count("select count(*) from uploads").await, 1);
    })
    .await;
}

#[tokio::test]
async fn more_bytes_than_were_said_are_refused_whether_or_not_their_number_is() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 100).await;
        let many = vec![b'x'; 101];
        program.sends(&upload, 0, many.clone()).await.is(413);
        let said = [("content-type", BYTES), ("upload-offset", "0"), ("content-length", "101")];
        program.ask(Method::PATCH, &upload, &said, many).await.is(413);
        assert_eq!(program.offset(&upload).await, 0);
        assert!(program.files().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_sum_counts_all_of_a_body_or_nothing() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        // More than counts at once without a sum.
        let file = pdf(6 * MEBIBYTE);
        let upload = program.begins("قبض.pdf", file.len()).await;
        let part = file.slice(..5 * MEBIBYTE);
        let send = async |sum: &str, at: usize, bytes: bytes::Bytes| {
            let headers = [("content-type", BYTES), ("upload-offset", &*at.to_string()), ("upload-checksum", sum)];
            program.ask(Method::PATCH, &upload, &headers, bytes).await
        };
        let wrong = format!("sha256 {}", BASE64.encode(&Sha256::digest(b"another")));
        send(&wrong, 0, part.clone()).await.is(460);
        assert_eq!(program.offset(&upload).await, 0);
        let right = format!("sha256 {}", BASE64.encode(&Sha256::digest(&part)));
        assert_eq!(arrived(&send(&right, 0, part).await.is(204)), 5 * MEBIBYTE);
        let rest = file.slice(5 * MEBIBYTE..);
        send(&wrong, 5 * MEBIBYTE, rest.clone()).await.is(460);
        assert!(program.files().await.is_empty(), "nor does it make the file whole");
        let right = format!("sha256 {}", BASE64.encode(&Sha256::digest(&rest)));
        send(&right, 5 * MEBIBYTE, rest).await.is(204);
        assert_eq!(program.files().await, ["قبض.pdf"]);
        assert_eq!(app.files().await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_upload_may_begin_with_its_bytes() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(500);
        let metadata = format!("filename {}", BASE64.encode(b"a.pdf"));
        let headers = [("content-type", BYTES), ("upload-length", "500"), ("upload-metadata", &metadata)];
        let begun = program.ask(Method::POST, &program.uploads(), &headers, file.slice(..200)).await.is(201);
        assert_eq!(arrived(&begun), 200);
        program.sends(&place(&begun), 200, file.slice(200..)).await.is(204);
        let whole = program.ask(Method::POST, &program.uploads(), &headers, file.clone()).await.is(201);
        assert_eq!(arrived(&whole), 500);
        assert_eq!(program.files().await, ["a.pdf"], "the very same file is had once");
        program.ask(Method::POST, &program.uploads(), &headers, samples::program()).await.is(201);
    })
    .await;
}

#[tokio::test]
async fn programs_that_know_only_post_name_the_method_they_mean() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let file = pdf(300);
        let upload = program.begins("قبض.pdf", file.len()).await;
        let meant = |method| ("x-http-method-override", method);
        let told = program.ask(Method::POST, &upload, &[meant("HEAD")], Body::empty()).await.is(200);
        assert_eq!(arrived(&told), 0);
        let bytes = [meant("PATCH"), ("content-type", BYTES), ("upload-offset", "0")];
        program.ask(Method::POST, &upload, &bytes, file.slice(..9)).await.is(204);
        program.ask(Method::POST, &upload, &[meant("DELETE")], Body::empty()).await.is(204);
        program.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_try_repeated_with_its_token_is_the_same_upload() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let said = |name: &str| {
            let token = BASE64.encode(b"0123456789abcdef0123");
            format!("filename {},token {token}", BASE64.encode(name.as_bytes()))
        };
        let create = async |name: &str, size: &str| {
            let headers = [("upload-length", size), ("upload-metadata", &*said(name))];
            program.ask(Method::POST, &program.uploads(), &headers, Body::empty()).await
        };
        let first = place(&create("a.pdf", "300").await.is(201));
        program.sends(&first, 0, pdf(300).slice(..100)).await.is(204);
        let again = create("a.pdf", "300").await.is(201);
        assert_eq!((place(&again), arrived(&again)), (first, 100));
        create("b.pdf", "300").await.is(400);
        create("a.pdf", "301").await.is(400);
    })
    .await;
}

#[tokio::test]
async fn nobody_elses_draft_takes_an_upload_or_tells_of_one() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 100).await;
        let other = app.sender("09351234567").signs_in().await;
        let own = pishkhan_testkit::draft_of(&other.writes(&Letter::default()).await);
        let stranger = Program { sender: other, draft: program.draft.clone() };
        stranger.creates("قبض.pdf", 100).await.is(404);
        stranger.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(404);
        stranger.sends(&upload, 0, "bytes").await.is(404);
        stranger.ask(Method::DELETE, &upload, &[], Body::empty()).await.is(404);
        stranger.sender.get(&stranger.uploads()).await.is(404);
        let through_own = upload.replace(program.draft.as_str(), own.as_str());
        stranger.ask(Method::HEAD, &through_own, &[], Body::empty()).await.is(404);

        let elsewhere = Program { sender: app.elsewhere().sender("09121234567"), draft: program.draft.clone() };
        elsewhere.sender.set_cookie("session", &program.sender.cookie("session").expect("they are signed in"));
        elsewhere.creates("قبض.pdf", 100).await.is(404);
        let nobody = Program { sender: app.sender("09121234567"), draft: program.draft.clone() };
        nobody.creates("قبض.pdf", 100).await.is(401).says("خارج شده‌اید");
        nobody.ask(Method::HEAD, &upload, &[], Body::empty()).await.is(401);
        nobody.sends(&upload, 0, "bytes").await.is(401);
        assert_eq!(program.offset(&upload).await, 0);
        let list = program.sender.get(&program.uploads()).await;
        assert_eq!(list.location(), format!("/letters/new?draft={}", program.draft));
    })
    .await;
}

#[tokio::test]
async fn another_sites_page_gets_nowhere() {
    on_both(async |app| {
        let program = Program::new(&app).await;
        let upload = program.begins("قبض.pdf", 100).await;
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            for method in [Method::POST, Method::PATCH, Method::DELETE, Method::OPTIONS] {
                let headers = [(name, value), ("content-type", BYTES), ("upload-offset", "0"), ("upload-length", "5")];
                program.ask(method, &upload, &headers, Body::from("bytes")).await.is(403);
            }
        }
        assert_eq!(program.offset(&upload).await, 0);
    })
    .await;
}
