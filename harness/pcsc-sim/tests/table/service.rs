//! Rows: the service comes and goes.

use pcsc::{Context, Disposition, Protocols, ReaderState, Scope, ShareMode, State};

use super::{
    Act, Fault, FaultKind, READ, Row, SELECT, Stage, TestCard, context, sent, shared, told,
};

pub fn rows<S: Stage>() -> Vec<Row<S>> {
    vec![
        Row {
            situation: "the service is killed",
            seen: killed,
            expected: &[
                "transmit: NoService",
                "status2: NoService",
                "transaction: NoService",
                "reconnect: NoService",
                "list: NoService",
                "wait: NoService",
                "connect: NoService",
                "establish: NoService",
                "valid: Ok",
                "cancel: Ok",
            ],
        },
        Row {
            situation: "the service is killed while a program waits",
            seen: |stage| {
                let context = context();
                let mut states = [ReaderState::new(stage.reader(), State::EMPTY)];
                stage.soon(Act::KillService);
                vec![told(context.get_status_change(None, &mut states))]
            },
            expected: &["CommError"],
        },
        Row {
            situation: "the service is killed while a command runs",
            seen: |stage| {
                stage.arm(Fault::at(FaultKind::Slow { ms: 3_000 }, 2).times(1));
                let (_context, card) = connected(stage);
                stage.soon(Act::KillService);
                vec![sent(&card, &READ), sent(&card, &READ)]
            },
            expected: &["CommError", "NoService"],
        },
        Row {
            situation: "the service is restarted",
            seen: |stage| {
                let (old, card) = connected(stage);
                stage.kill_service();
                stage.start_service();
                let new = context();
                let again = shared(&new, &stage.reader()).unwrap();
                let closed = card.disconnect(Disposition::LeaveCard).map_err(|(_, error)| error);
                vec![
                    told(old.list_readers_owned()),
                    told(closed),
                    sent(&again, &READ),
                    told(old.release().map_err(|(_, error)| error)),
                ]
            },
            expected: &["NoService", "NoService", "Ok 6986", "NoService"],
        },
        Row {
            situation: "no service runs",
            seen: |stage| {
                stage.kill_service();
                vec![told(Context::establish(Scope::User))]
            },
            expected: &["NoService"],
        },
        Row {
            situation: "a context is released while a clone lives, and then",
            seen: |_stage| {
                let context = context();
                let clone = context.clone();
                let first = context.release().map_err(|(_, error)| error);
                vec![told(first), told(clone.release().map_err(|(_, error)| error))]
            },
            expected: &["CantDispose", "Ok"],
        },
        Row {
            situation: "readers are listed into buffers of any size",
            seen: |stage| {
                let (context, reader) = (context(), stage.reader());
                let mut buffer = vec![0; context.list_readers_len().unwrap()];
                let found = context.list_readers(&mut buffer).unwrap().any(|name| *name == *reader);
                let owned = context.list_readers_owned().unwrap().contains(&reader);
                vec![
                    format!("{found} {owned}"),
                    told(context.list_readers(&mut [0; 3])),
                    told(context.list_readers(&mut [])),
                ]
            },
            expected: &["true true", "InsufficientBuffer", "InsufficientBuffer"],
        },
    ]
}

fn killed<S: Stage>(stage: &mut S) -> Vec<String> {
    let (context, mut card) = connected(stage);
    stage.kill_service();
    let mut states = [ReaderState::new(stage.reader(), State::UNAWARE)];
    let again = |card: &mut pcsc::Card| {
        card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
    };
    vec![
        format!("transmit: {}", sent(&card, &READ)),
        format!("status2: {}", told(card.status2_owned())),
        format!("transaction: {}", told(card.transaction())),
        format!("reconnect: {}", told(again(&mut card))),
        format!("list: {}", told(context.list_readers_owned())),
        format!("wait: {}", told(context.get_status_change(None, &mut states))),
        format!("connect: {}", told(shared(&context, &stage.reader()))),
        format!("establish: {}", told(Context::establish(Scope::User))),
        format!("valid: {}", told(context.is_valid())),
        format!("cancel: {}", told(context.cancel())),
    ]
}

fn connected(stage: &mut impl Stage) -> (Context, pcsc::Card) {
    stage.insert(TestCard::default());
    let context = context();
    let card = shared(&context, &stage.reader()).unwrap();
    assert_eq!(sent(&card, &SELECT), "Ok 9000");
    (context, card)
}
