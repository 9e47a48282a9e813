//! Rows: programs connect, share, reset and let go.

use pcsc::{Card, Context, Disposition, Protocols, ShareMode};

use super::{
    ATR, Fault, FaultKind, READ, Row, SELECT, Stage, TestCard, context, hex, sent, shared, told,
};

pub fn rows<S: Stage>() -> Vec<Row<S>> {
    vec![
        Row {
            situation: "connecting to a card",
            seen: |stage| {
                stage.insert(TestCard::default());
                let (context, reader) = (context(), stage.reader());
                let card = shared(&context, &reader).unwrap();
                let is_atr = |status: &pcsc::CardStatusOwned| status.atr() == ATR;
                let status = card.status2_owned().unwrap();
                assert!(is_atr(&status), "{}", hex(status.atr()));
                vec![
                    status_of(&card),
                    format!("{:?}", card.status2_len().unwrap() == (reader.count_bytes() + 1, 13)),
                    told(card.status2(&mut [0; 5], &mut [0; 33])),
                    told(card.status2(&mut [0; 128], &mut [0; 3])),
                    format!("{:?}", status.reader_names() == [reader]),
                ]
            },
            expected: &[
                "PRESENT | POWERED | NEGOTIABLE, Some(T1)",
                "true",
                "InsufficientBuffer",
                "InsufficientBuffer",
                "true",
            ],
        },
        Row {
            situation: "an unknown reader, an empty slot, the empty slot's reader itself",
            seen: |stage| {
                let (context, reader) = (context(), stage.reader());
                let unknown = shared(&context, &c"Nobody's Reader 00 00".to_owned());
                let empty = shared(&context, &reader);
                let direct = context.connect(&reader, ShareMode::Direct, Protocols::UNDEFINED);
                vec![told(unknown), told(empty), status_of(&direct.unwrap())]
            },
            expected: &["UnknownReader", "NoSmartcard", "ABSENT, None"],
        },
        Row {
            situation: "one program wants a card for itself that another uses, and the reverse",
            seen: |stage| {
                stage.insert(TestCard::default());
                let (context, reader) = (context(), stage.reader());
                let connect = |mode| context.connect(&reader, mode, Protocols::ANY);
                let card = connect(ShareMode::Shared).unwrap();
                let exclusive = told(connect(ShareMode::Exclusive));
                drop(card);
                let _card = connect(ShareMode::Exclusive).unwrap();
                vec![exclusive, told(connect(ShareMode::Shared)), told(connect(ShareMode::Direct))]
            },
            expected: &["SharingViolation", "SharingViolation", "SharingViolation"],
        },
        Row {
            situation: "protocols: none, raw, T=0, and T=0 after T=1",
            seen: |stage| {
                stage.insert(TestCard::default());
                let (context, reader) = (context(), stage.reader());
                let connect = |protocols| context.connect(&reader, ShareMode::Shared, protocols);
                let none = told(connect(Protocols::UNDEFINED));
                let raw = told(connect(Protocols::RAW));
                let t0 = status_of(&connect(Protocols::T0).unwrap());
                let _t1 = connect(Protocols::ANY).unwrap();
                vec![none, raw, t0, told(connect(Protocols::T0))]
            },
            expected: &[
                "ProtoMismatch",
                "Ok",
                "PRESENT | POWERED | NEGOTIABLE, Some(T0)",
                "ProtoMismatch",
            ],
        },
        Row {
            situation: "an answer to reset of nonsense",
            seen: |stage| {
                stage.arm(Fault::always(FaultKind::BadAtr));
                stage.insert(TestCard::default());
                vec![told(shared(&context(), &stage.reader()))]
            },
            expected: &["ProtoMismatch"],
        },
        Row {
            situation: "another connection resets the card",
            seen: reset_by_another,
            expected: &[
                "other: Ok 6986",
                "transmit: ResetCard",
                "status2: ResetCard",
                "attribute: ResetCard",
                "control: UnsupportedFeature",
                "transaction: ResetCard",
                "reconnect: Ok",
                "READ: Ok 6986",
            ],
        },
        Row {
            situation: "a connection that is dropped, or ended with a reset, resets the card",
            seen: |stage| {
                let (context, card) = ready(stage);
                drop(shared(&context, &stage.reader()));
                let dropped = sent(&card, &READ);
                let (_, card) = (drop(card), shared(&context, &stage.reader()).unwrap());
                let other = shared(&context, &stage.reader()).unwrap();
                let left = told(other.disconnect(Disposition::LeaveCard).map_err(|(_, e)| e));
                vec![dropped, left, sent(&card, &SELECT)]
            },
            expected: &["ResetCard", "Ok", "Ok 9000"],
        },
        Row {
            situation: "the card's power is taken away on reconnecting",
            seen: |stage| {
                let (_context, mut card) = ready(stage);
                let unpower = Disposition::UnpowerCard;
                let again = card.reconnect(ShareMode::Shared, Protocols::ANY, unpower);
                vec![told(again), status_of(&card), sent(&card, &READ)]
            },
            expected: &["Ok", "PRESENT | POWERED | NEGOTIABLE, Some(T1)", "Ok 6986"],
        },
        Row {
            situation: "a transaction that ends with a reset",
            seen: |stage| {
                let (context, mut card) = ready(stage);
                let other = shared(&context, &stage.reader()).unwrap();
                let transaction = card.transaction().unwrap();
                let inside = sent(&transaction, &READ);
                let attribute = other.get_attribute_owned(pcsc::Attribute::AtrString);
                let control = told(other.control(1, &[], &mut [0; 9]));
                let ended = transaction.end(Disposition::ResetCard).map_err(|(_, error)| error);
                vec![
                    inside,
                    told(attribute),
                    control,
                    told(ended),
                    sent(&card, &READ),
                    sent(&other, &READ),
                ]
            },
            expected: &[
                "Ok 010203049000",
                "SharingViolation",
                "SharingViolation",
                "Ok",
                "ResetCard",
                "ResetCard",
            ],
        },
        Row {
            situation: "a card is pulled inside a transaction",
            seen: |stage| {
                let (_context, mut card) = ready(stage);
                let transaction = card.transaction().unwrap();
                stage.remove();
                let inside = sent(&transaction, &READ);
                let ended = transaction.end(Disposition::LeaveCard).map_err(|(_, error)| error);
                vec![inside, told(ended)]
            },
            expected: &["RemovedCard", "RemovedCard"],
        },
        Row {
            situation: "a card is replaced while a program is connected",
            seen: |stage| {
                let (_context, mut card) = ready(stage);
                stage.remove();
                stage.insert(TestCard::default());
                let before = sent(&card, &READ);
                let leave = Disposition::LeaveCard;
                let again = told(card.reconnect(ShareMode::Shared, Protocols::ANY, leave));
                vec![before, again, sent(&card, &READ)]
            },
            expected: &["RemovedCard", "Ok", "Ok 6986"],
        },
    ]
}

fn reset_by_another<S: Stage>(stage: &mut S) -> Vec<String> {
    let (context, mut card) = ready(stage);
    let mut other = shared(&context, &stage.reader()).unwrap();
    other.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::ResetCard).unwrap();
    let attribute = card.get_attribute_owned(pcsc::Attribute::AtrString);
    let mut seen = vec![
        format!("other: {}", sent(&other, &READ)),
        format!("transmit: {}", sent(&card, &READ)),
        format!("status2: {}", told(card.status2_owned())),
        format!("attribute: {}", told(attribute)),
        format!("control: {}", told(card.control(1, &[], &mut [0; 9]))),
        format!("transaction: {}", told(card.transaction())),
    ];
    let again = card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard);
    seen.push(format!("reconnect: {}", told(again)));
    seen.push(format!("READ: {}", sent(&card, &READ)));
    seen
}

/// A program that is connected and has selected a file.
fn ready(stage: &mut impl Stage) -> (Context, Card) {
    stage.insert(TestCard::default());
    let context = context();
    let card = shared(&context, &stage.reader()).unwrap();
    assert_eq!(sent(&card, &SELECT), "Ok 9000");
    (context, card)
}

fn status_of(card: &Card) -> String {
    match card.status2_owned() {
        Ok(status) => {
            let names: Vec<&str> = status.status().iter_names().map(|(name, _)| name).collect();
            format!("{}, {:?}", names.join(" | "), status.protocol2())
        }
        Err(error) => format!("{error:?}"),
    }
}
