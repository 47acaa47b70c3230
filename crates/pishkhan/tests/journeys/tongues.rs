//! Templates of a provider in two languages: readers get that of theirs, and the desk says before an act whose words may go out.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::{StatusCode, header};
use pishkhan_courier::routes::{self, RouteDefinition};
use pishkhan_testkit::{Letter, on_both};
use tokio::net::TcpListener;

const WHOSE_WORDS: &str = "یکی از مسیرها برای این پیامک قالب تأییدشده دارد";

/// A provider on a free port of this machine that takes everything; it ends with the test.
struct Provider {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Provider {
    async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port is found");
        let address = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let answer = move |body: String| {
            heard.lock().expect("no thread fails while it holds the lock").push(body);
            async { (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], "{}") }
        };
        tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
        Provider { address, asked }
    }

    /// The patterns that it was asked for since the last look.
    fn patterns(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().expect("no thread fails while it holds the lock"))
    }

    /// A route to it for notices, by templates of registrations in these languages and nothing else.
    fn route(&self, languages: &[&str]) -> RouteDefinition {
        let template = |language: &&str| {
            format!(
                "[[templates]]\nkind = \"letter_registered\"\nlanguage = \"{language}\"\ntemplate = \"registered-{language}\"\n\
                 parameters = []\n"
            )
        };
        let templates: Vec<String> = languages.iter().map(template).collect();
        let text = format!(
            "name = \"patterns\"\npurposes = [\"notice\"]\n[gateway]\nkind = \"http\"\ntemplates_only = true\n\
             [gateway.template]\nrequest = {{ url = \"{}/\", body = '{{\"pattern\":\"{{pattern}}\"}}' }}\n{}",
            self.address,
            templates.concat()
        );
        toml::from_str(&text).expect("a definition")
    }
}

#[tokio::test]
async fn readers_get_the_template_of_their_language_and_the_desk_says_so_before() {
    on_both(async |app| {
        let provider = Provider::start().await;
        let mut tx = app.begin().await;
        let route = routes::add(&mut tx, &provider.route(&["fa", "en"])).await.expect("a route is added");
        tx.commit().await.expect("it is kept");

        let sender = app.sender("09121234567").signs_in().await;
        let reviewer = app.reviewer().await;
        for (language, asked) in [("fa", r#"{"pattern":"registered-fa"}"#), ("en", r#"{"pattern":"registered-en"}"#)] {
            let letter = sender.sends(&Letter::default()).await;
            if language == "en" {
                app.execute("update senders set language = 'en'").await;
            }
            reviewer.get(&format!("/desk/letters/{letter}/registration")).await.ok().says(WHOSE_WORDS);
            reviewer.get(&format!("/desk/letters/{letter}/rejection")).await.ok().hides(WHOSE_WORDS);
            reviewer.registers(&letter).await;
            app.wait(11).await;
            app.settle_quietly().await;
            assert_eq!(provider.patterns(), [asked]);
        }

        // Without a template in their language they read our own words, by the next way.
        let mut tx = app.begin().await;
        assert!(routes::change(&mut tx, &route, &provider.route(&["fa"])).await.expect("it is changed"));
        tx.commit().await.expect("it is kept");
        app.execute("update senders set language = 'fa'").await;
        let letter = sender.sends(&Letter::default()).await;
        app.execute("update senders set language = 'en'").await;
        reviewer.get(&format!("/desk/letters/{letter}/registration")).await.ok().hides(WHOSE_WORDS);
        reviewer.registers(&letter).await;
        app.wait(11).await;
        let sent = app.last_message_to(&sender.mobile).await;
        assert_eq!((sent.template.as_str(), provider.patterns().len()), ("letter_registered", 0));
        assert!(sent.text.contains("egistered"), "{}", sent.text);
    })
    .await;
}
