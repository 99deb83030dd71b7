//! The command line.
fn main() -> anyhow::Result<()> {
    use courtesy::gui::theme::Look;
    let language = std::env::args().nth(1).unwrap_or_else(|| "en".to_owned());
    let demo = courtesy::desk::demo::open(7, None, &language)?;
    let pins = demo.people.iter().map(|(person, pin)| (person.no, pin.clone())).collect();
    let worker = courtesy::desk::Worker::start(demo.desk)?;
    let look = if std::env::args().nth(2).is_some() { Look::Dark } else { Look::Light };
    let options = courtesy::gui::Options {
        start: courtesy::gui::Start::Desk(worker),
        pins,
        language: courtesy::text::Language::or_english(&language),
        look,
    };
    Ok(courtesy::gui::run(options)?)
}
