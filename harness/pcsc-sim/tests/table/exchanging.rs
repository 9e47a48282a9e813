//! Rows: commands and their answers.

use std::time::Duration;

use pcsc::Card;

use super::{
    Fault, FaultKind, READ, Row, SELECT, Stage, TestCard, context, hex, sent, shared, told,
};

pub fn rows<S: Stage>() -> Vec<Row<S>> {
    vec![
        Row {
            situation: "a receive buffer that is too small, then one that is not",
            seen: |stage| {
                let card = ready(stage, None);
                let small = card.transmit2(&READ, &mut [0; 3]).map(hex);
                let none = told(card.transmit(&READ, &mut []));
                vec![format!("{small:?}"), none, sent(&card, &READ)]
            },
            expected: &["Err((InsufficientBuffer, 6))", "InsufficientBuffer", "Ok 010203049000"],
        },
        Row {
            situation: "commands of two bytes and of more than an extended command can have",
            seen: |stage| {
                let card = ready(stage, None);
                vec![sent(&card, &[0, 0]), sent(&card, &vec![0; 66_000])]
            },
            expected: &["Ok 6D00", "InsufficientBuffer"],
        },
        Row {
            situation: "attributes and control codes of a reader that knows none",
            seen: |stage| {
                let card = ready(stage, None);
                let friendly = pcsc::Attribute::DeviceFriendlyName;
                vec![
                    told(card.get_attribute_len(pcsc::Attribute::AtrString)),
                    told(card.get_attribute(friendly, &mut [])),
                    told(card.get_attribute_owned(pcsc::Attribute::VendorName)),
                    told(card.set_attribute(friendly, &[1])),
                    told(card.control(pcsc::ctl_code(3400), &[], &mut [0; 9])),
                ]
            },
            expected: &[
                "UnsupportedFeature",
                "UnsupportedFeature",
                "UnsupportedFeature",
                "NotTransacted",
                "UnsupportedFeature",
            ],
        },
        Row {
            situation: "a card dies inside an APDU",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::Pulled));
                let (first, second) = (sent(&card, &READ), sent(&card, &READ));
                stage.pass(Duration::from_millis(1_500));
                vec![first, second, sent(&card, &READ)]
            },
            expected: &["Ok ", "NotTransacted", "RemovedCard"],
        },
        Row {
            situation: "an answer of one byte",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::OneByte));
                vec![sent(&card, &READ)]
            },
            expected: &["Ok 90"],
        },
        Row {
            situation: "an answer cut in half",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::Truncated));
                vec![sent(&card, &READ)]
            },
            expected: &["Ok 010203"],
        },
        Row {
            situation: "a card that takes three seconds",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::Slow { ms: 3_000 }));
                let before = stage.clock();
                let answer = sent(&card, &READ);
                let took = stage.clock() - before;
                let about = (Duration::from_secs(3)..Duration::from_secs(4)).contains(&took);
                vec![answer, format!("about three seconds: {about}")]
            },
            expected: &["Ok 010203049000", "about three seconds: true"],
        },
        Row {
            situation: "a card that never answers",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::Mute));
                let answer = stage.within(Duration::from_secs(5), move || sent(&card, &READ));
                stage.kill_service();
                vec![answer.unwrap_or_else(|| "nothing within five seconds".to_owned())]
            },
            expected: &["nothing within five seconds"],
        },
        Row {
            situation: "another Le is asked for",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::WrongLength));
                vec![sent(&card, &READ), sent(&card, &[0x00, 0xB0, 0x00, 0x00, 0x04])]
            },
            expected: &["Ok 6C04", "Ok 010203049000"],
        },
        Row {
            situation: "the answer has to be fetched",
            seen: |stage| {
                let card = ready(stage, Some(FaultKind::MoreData));
                vec![sent(&card, &READ), sent(&card, &[0x00, 0xC0, 0x00, 0x00, 0x04])]
            },
            expected: &["Ok 6104", "Ok 010203049000"],
        },
    ]
}

/// A connected card that has selected a file; the fault strikes at its second command, once.
fn ready(stage: &mut impl Stage, fault: Option<FaultKind>) -> Card {
    if let Some(kind) = fault {
        stage.arm(Fault::at(kind, 2).times(1));
    }
    stage.insert(TestCard::default());
    let card = shared(&context(), &stage.reader()).unwrap();
    assert_eq!(sent(&card, &SELECT), "Ok 9000");
    card
}
