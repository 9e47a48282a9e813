//! Rows: a program waits for readers and cards.

use std::time::Duration;

use pcsc::{Context, PNP_NOTIFICATION, Protocols, ReaderState, ShareMode, State};

use super::{Act, Row, Stage, TestCard, context, sent, shared, told};

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(5);

pub fn rows<S: Stage>() -> Vec<Row<S>> {
    vec![
        Row {
            situation: "a fresh wait with a card, and again without news",
            seen: |stage| {
                stage.insert(TestCard::default());
                let (context, mut states) = (context(), states(stage, State::UNAWARE));
                let first = wait(&context, LONG, &mut states);
                vec![first, again(&context, SHORT, &mut states)]
            },
            expected: &[
                "Ok: CHANGED | PRESENT, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
                "Timeout: PRESENT, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
            ],
        },
        Row {
            situation: "a fresh wait without a card",
            seen: |stage| {
                let (context, mut states) = (context(), states(stage, State::UNAWARE));
                vec![wait(&context, Duration::ZERO, &mut states)]
            },
            expected: &["Ok: CHANGED | EMPTY, 0 times, ATR of 0; nothing, 0 times, ATR of 0"],
        },
        Row {
            situation: "a card is pulled while the program waits",
            seen: pulled_while_waiting,
            expected: &[
                "Ok: CHANGED | EMPTY, 2 times, ATR of 0; nothing, 0 times, ATR of 0",
                "transmit: RemovedCard",
                "status2: RemovedCard",
                "attribute: RemovedCard",
                "control: UnsupportedFeature",
                "transaction: RemovedCard",
                "reconnect: NoSmartcard",
                "disconnect: Ok",
            ],
        },
        Row {
            situation: "a card is taken out and put back between two waits",
            seen: |stage| {
                stage.insert(TestCard::default());
                let (context, mut states) = (context(), states(stage, State::UNAWARE));
                wait(&context, LONG, &mut states);
                let card = stage.remove().unwrap();
                stage.insert(card);
                vec![again(&context, SHORT, &mut states)]
            },
            expected: &["Ok: CHANGED | PRESENT, 3 times, ATR of 13; nothing, 0 times, ATR of 0"],
        },
        Row {
            situation: "what is news of a card in use",
            seen: in_use,
            expected: &[
                "shared: Timeout: PRESENT | INUSE, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
                "left: Ok: CHANGED | PRESENT, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
                "exclusive: Timeout: PRESENT | EXCLUSIVE, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
                "left: Ok: CHANGED | PRESENT, 1 times, ATR of 13; nothing, 0 times, ATR of 0",
            ],
        },
        Row {
            situation: "waits for no reader, a reader to ignore, a reader that is unknown",
            seen: |stage| {
                let context = context();
                let mut ignored = [ReaderState::new(stage.reader(), State::IGNORE)];
                let mut unknown = [ReaderState::new(c"Nobody's Reader 00 00", State::UNAWARE)];
                vec![
                    told(context.get_status_change(SHORT, &mut [])),
                    wait(&context, SHORT, &mut ignored),
                    wait(&context, SHORT, &mut unknown),
                ]
            },
            expected: &[
                "Ok",
                "Ok: nothing, 0 times, ATR of 0",
                "UnknownReader: nothing, 0 times, ATR of 0",
            ],
        },
        Row {
            situation: "another thread cancels a wait; cancelling no wait does nothing",
            seen: |stage| {
                let (context, mut states) = (context(), states(stage, State::EMPTY));
                let nothing = told(context.cancel());
                stage.soon(Act::Cancel(context.clone()));
                vec![nothing, wait(&context, None, &mut states)]
            },
            expected: &["Ok", "Cancelled: EMPTY, 0 times, ATR of 0; nothing, 0 times, ATR of 0"],
        },
    ]
}

fn pulled_while_waiting<S: Stage>(stage: &mut S) -> Vec<String> {
    stage.insert(TestCard::default());
    let (context, reader) = (context(), stage.reader());
    let mut card = shared(&context, &reader).unwrap();
    let mut states = states(stage, State::UNAWARE);
    wait(&context, LONG, &mut states);
    stage.soon(Act::Remove);
    let mut seen = vec![again(&context, LONG, &mut states)];
    seen.push(format!("transmit: {}", sent(&card, &super::READ)));
    seen.push(format!("status2: {}", told(card.status2_owned())));
    let attribute = card.get_attribute_owned(pcsc::Attribute::AtrString);
    seen.push(format!("attribute: {}", told(attribute)));
    seen.push(format!("control: {}", told(card.control(pcsc::ctl_code(3400), &[], &mut [0; 9]))));
    seen.push(format!("transaction: {}", told(card.transaction())));
    let again = card.reconnect(ShareMode::Shared, Protocols::ANY, pcsc::Disposition::LeaveCard);
    seen.push(format!("reconnect: {}", told(again)));
    let closed = card.disconnect(pcsc::Disposition::ResetCard).map_err(|(_, error)| error);
    seen.push(format!("disconnect: {}", told(closed)));
    seen
}

fn in_use<S: Stage>(stage: &mut S) -> Vec<String> {
    stage.insert(TestCard::default());
    let (context, reader) = (context(), stage.reader());
    let mut states = states(stage, State::UNAWARE);
    wait(&context, LONG, &mut states);
    let mut seen = Vec::new();
    for (name, mode) in [("shared", ShareMode::Shared), ("exclusive", ShareMode::Exclusive)] {
        let card = context.connect(&reader, mode, Protocols::ANY).unwrap();
        seen.push(format!("{name}: {}", again(&context, SHORT, &mut states)));
        drop(card);
        seen.push(format!("left: {}", again(&context, SHORT, &mut states)));
    }
    seen
}

fn states(stage: &impl Stage, known: State) -> [ReaderState; 2] {
    [ReaderState::new(stage.reader(), known), ReaderState::new(PNP_NOTIFICATION(), State::UNAWARE)]
}

fn again(
    context: &Context,
    timeout: impl Into<Option<Duration>>,
    states: &mut [ReaderState],
) -> String {
    states.iter_mut().for_each(ReaderState::sync_current_state);
    wait(context, timeout, states)
}

fn wait(
    context: &Context,
    timeout: impl Into<Option<Duration>>,
    states: &mut [ReaderState],
) -> String {
    let result = told(context.get_status_change(timeout, states));
    let events: Vec<String> = states
        .iter()
        .map(|state| {
            let names: Vec<&str> = state.event_state().iter_names().map(|(name, _)| name).collect();
            let names = if names.is_empty() { "nothing".to_owned() } else { names.join(" | ") };
            format!("{names}, {} times, ATR of {}", state.event_count(), state.atr().len())
        })
        .collect();
    format!("{result}: {}", events.join("; "))
}
