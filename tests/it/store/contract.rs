//! What every store has to do.

use nightease::store::{Job, MemoryStore, Parcel, SessionChange, Settlement, Store, Taken, Waiting, Worked};

use super::{
    at, chat, done, hours, keep, parcel, put, session, sqlite, take_with, update, urgent, words, work_with,
};

macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        mod in_memory {
            $(#[test] fn $name() { super::$name(&super::MemoryStore::new()); })+
        }
        mod in_sqlite {
            $(#[test] fn $name() {
                let directory = tempfile::tempdir().unwrap();
                super::$name(&super::sqlite(directory.path()));
            })+
        }
    };
}

contract!(
    an_update_is_taken_once,
    an_id_is_remembered_for_48_hours,
    rows_come_in_order_and_fairly,
    a_long_queue_delays_nobody,
    a_limit_is_kept,
    a_job_carries_what_is_known,
    a_failed_row_writes_nothing_and_comes_alone,
    what_stands_behind_a_failed_row_waits,
    a_failed_row_delays_no_other_conversation,
    a_session_is_kept_for_24_hours,
    the_next_row_sees_the_session_of_the_last,
    messages_come_in_order_one_at_a_time,
    a_message_put_off_holds_its_conversation_only,
    urgent_conversations_come_first,
    busy_conversations_are_left_out,
    a_gone_chat_is_forgotten,
    wipe_deletes_before_the_parcels_go_in,
    forget_deletes_all_but_the_ids,
    sweep_deletes_what_has_expired,
    settling_what_is_not_there_does_nothing,
    what_is_taken_never_waits,
    what_is_taken_comes_fairly_and_sees_the_session,
    nothing_is_taken_before_what_waits,
    what_fails_when_it_is_taken_waits_with_all_behind_it,
    what_was_forgotten_can_be_taken_after_48_hours,
    the_first_message_of_each_conversation_may_be_sent_at_once,
);

fn the_first_message_of_each_conversation_may_be_sent_at_once(store: &dyn Store) {
    put(store, 1, 1, at(0), &[parcel("waits")]);
    let rows = [
        update(2, 1),
        update(3, 2),
        update(4, 3),
        update(5, 2),
        update(6, 4),
    ];
    let mut at_once = Vec::new();
    let mut handle = |job: Job<'_>| match job.update_id {
        4 => done(SessionChange::Keep, vec![]),
        5 => done(SessionChange::Wipe, vec![urgent("b3"), parcel("b4")]),
        6 => done(SessionChange::Keep, vec![parcel("d1"), parcel("d2")]),
        _ => done(SessionChange::Keep, vec![parcel("b1"), parcel("b2")]),
    };
    let mut leave = |parcels| at_once.extend::<Vec<Parcel>>(parcels);
    store.take(&rows, at(1), &mut handle, &mut leave).unwrap();
    assert_eq!(words(&at_once), ["d1", "b3"]);
    assert_eq!(words(&store.due(10, at(1), &[]).unwrap()), ["b3", "waits", "d1"]);
}

fn what_is_taken_never_waits(store: &dyn Store) {
    let both = [update(1, 1), update(2, 1), update(1, 1)];
    let (taken, order) = take_with(store, &both, at(5), |job| {
        assert_eq!(
            (job.body, job.received_at, job.failures),
            (format!("update {}", job.update_id).as_bytes(), at(5), 0)
        );
        done(SessionChange::Keep, vec![parcel("a")])
    });
    let worked = Worked {
        done: 2,
        failed: 0,
        parcels: 2,
    };
    assert_eq!((taken, order), (Taken { new: 2, worked }, vec![1, 2]));
    let waiting = store.waiting().unwrap();
    assert_eq!((waiting.inbox, waiting.outbox), (0, 2));
    assert_eq!(
        take_with(store, &both, at(6), |_| keep()),
        (Taken::default(), vec![])
    );
    assert_eq!(store.accept(&both, at(6)).unwrap(), 0);
}

fn what_is_taken_comes_fairly_and_sees_the_session(store: &dyn Store) {
    let rows = [
        update(4, 2),
        update(2, 1),
        update(1, 1),
        update(3, 1),
        update(6, 3),
        update(5, 2),
    ];
    let (_, order) = take_with(store, &rows, at(0), |job| {
        let mut all = job.session.unwrap_or_default().to_vec();
        all.extend(job.update_id.to_string().bytes());
        done(SessionChange::Put(all), vec![])
    });
    assert_eq!(order, [1, 4, 6, 2, 5, 3]);
    assert_eq!(session(store, 7, 1, at(1)).as_deref(), Some(&b"123"[..]));
}

fn nothing_is_taken_before_what_waits(store: &dyn Store) {
    store.accept(&[update(1, 1)], at(0)).unwrap();
    let (taken, order) = take_with(store, &[update(1, 1), update(2, 1), update(3, 2)], at(1), |_| {
        keep()
    });
    assert_eq!((taken.new, taken.worked.done, order), (2, 1, vec![3]));
    assert_eq!(work_with(store, 10, at(2), |_| keep()).1, [1, 2]);
}

fn what_fails_when_it_is_taken_waits_with_all_behind_it(store: &dyn Store) {
    let rows = [update(1, 1), update(2, 1), update(3, 1), update(4, 2)];
    let (taken, order) = take_with(store, &rows, at(0), |job| {
        if job.update_id == 2 { fail() } else { keep() }
    });
    let worked = Worked {
        done: 2,
        failed: 1,
        parcels: 0,
    };
    assert_eq!((taken, order), (Taken { new: 4, worked }, vec![1, 4, 2]));
    assert_eq!(store.waiting().unwrap().inbox, 2);
    let (_, order) = work_with(store, 10, at(1), |job| {
        let tried = u32::from(job.update_id == 2);
        assert_eq!((job.failures, job.received_at), (tried, at(0)));
        keep()
    });
    assert_eq!(order, [2, 3]);
}

/// An id that is remembered for too long, beside a row that waits, is swept like any other.
fn what_was_forgotten_can_be_taken_after_48_hours(store: &dyn Store) {
    store.accept(&[update(17, 1)], at(0)).unwrap();
    store.forget(chat(1)).unwrap();
    let later = at(48 * 3600);
    assert_eq!(take_with(store, &[update(17, 1)], later, |_| fail()).0.new, 1);
    assert_eq!(store.waiting().unwrap().inbox, 1);
    assert_eq!(store.sweep(later).unwrap(), 1);
    assert_eq!(store.sweep(later).unwrap(), 0);
}

fn an_update_is_taken_once(store: &dyn Store) {
    let both = [update(1, 1), update(2, 1), update(1, 1)];
    assert_eq!(store.accept(&both, at(0)).unwrap(), 2);
    assert_eq!(store.accept(&both, at(1)).unwrap(), 0);
    assert_eq!(work_with(store, 10, at(2), |_| keep()).1, [1, 2]);
    assert_eq!(store.accept(&both, at(3)).unwrap(), 0);
    assert_eq!(
        work_with(store, 10, at(4), |_| keep()),
        (Worked::default(), vec![])
    );
}

fn an_id_is_remembered_for_48_hours(store: &dyn Store) {
    put(store, 1, 1, at(0), &[]);
    assert_eq!(store.accept(&[update(1, 1)], at(48 * 3600 - 1)).unwrap(), 0);
    assert_eq!(store.accept(&[update(1, 1)], at(48 * 3600)).unwrap(), 1);
}

fn rows_come_in_order_and_fairly(store: &dyn Store) {
    let rows = [
        update(4, 2),
        update(2, 1),
        update(1, 1),
        update(3, 1),
        update(6, 3),
        update(5, 2),
    ];
    store.accept(&rows, at(0)).unwrap();
    let (worked, order) = work_with(store, 10, at(0), |_| keep());
    assert_eq!(order, [1, 4, 6, 2, 5, 3]);
    assert_eq!(worked.done, 6);
}

fn a_long_queue_delays_nobody(store: &dyn Store) {
    let mut rows: Vec<_> = (1..=10_000).map(|id| update(id, 1)).collect();
    rows.extend((10_001..=10_020).map(|id| update(id, u8::try_from(id - 10_000 + 1).unwrap())));
    store.accept(&rows, at(0)).unwrap();
    let (_, order) = work_with(store, 30, at(0), |_| keep());
    let mut expected = vec![1];
    expected.extend(10_001..=10_020);
    expected.extend(2..=10);
    assert_eq!(order, expected);
}

fn a_limit_is_kept(store: &dyn Store) {
    store
        .accept(&[update(1, 1), update(2, 2), update(3, 3)], at(0))
        .unwrap();
    assert_eq!(work_with(store, 0, at(0), |_| keep()).1, Vec::<i64>::new());
    assert_eq!(work_with(store, 2, at(0), |_| keep()).1, [1, 2]);
    let left = Waiting {
        inbox: 1,
        outbox: 0,
        oldest: Some(at(0)),
    };
    assert_eq!(store.waiting().unwrap(), left);
}

fn a_job_carries_what_is_known(store: &dyn Store) {
    store.accept(&[update(7, 3)], at(5)).unwrap();
    work_with(store, 1, at(9), |job| {
        assert_eq!((job.update_id, job.conversation), (7, chat(3)));
        assert_eq!((job.body, job.received_at), (&b"update 7"[..], at(5)));
        assert_eq!((job.failures, job.session), (0, None));
        keep()
    });
}

fn fail() -> nightease::store::Handled {
    nightease::store::Handled::Failed
}

fn a_failed_row_writes_nothing_and_comes_alone(store: &dyn Store) {
    put(store, 1, 1, at(0), &[]);
    store.accept(&[update(2, 1)], at(0)).unwrap();
    for failures in 0..2 {
        let (worked, order) = work_with(store, 10, at(0), |job| {
            assert_eq!(job.failures, failures);
            fail()
        });
        assert_eq!((worked.failed, worked.done, order), (1, 0, vec![2]));
        assert_eq!(store.due(10, at(0), &[]).unwrap().len(), 0);
    }
    let (worked, _) = work_with(store, 10, at(0), |job| {
        assert_eq!((job.failures, job.session), (2, None));
        done(SessionChange::Keep, vec![parcel("sorry")])
    });
    assert_eq!((worked.done, worked.parcels), (1, 1));
    assert_eq!(words(&store.due(10, at(0), &[]).unwrap()), ["sorry"]);
}

fn what_stands_behind_a_failed_row_waits(store: &dyn Store) {
    store
        .accept(&[update(1, 1), update(2, 1), update(3, 1)], at(0))
        .unwrap();
    let (_, order) = work_with(
        store,
        10,
        at(0),
        |job| if job.update_id == 2 { fail() } else { keep() },
    );
    assert_eq!(order, [1, 2]);
    let (_, order) = work_with(store, 10, at(0), |_| fail());
    assert_eq!(order, [2]);
    let (_, order) = work_with(store, 10, at(0), |_| keep());
    assert_eq!(order, [2, 3]);
}

fn a_failed_row_delays_no_other_conversation(store: &dyn Store) {
    store
        .accept(&[update(1, 1), update(2, 2), update(3, 1)], at(0))
        .unwrap();
    let (_, order) = work_with(
        store,
        10,
        at(0),
        |job| if job.update_id == 1 { fail() } else { keep() },
    );
    assert_eq!(order, [1, 2]);
    store.accept(&[update(4, 2), update(5, 3)], at(0)).unwrap();
    let (worked, order) = work_with(
        store,
        10,
        at(0),
        |job| if job.update_id == 1 { fail() } else { keep() },
    );
    assert_eq!(order, [1, 4, 5]);
    assert_eq!((worked.done, worked.failed), (2, 1));
}

fn a_session_is_kept_for_24_hours(store: &dyn Store) {
    store.accept(&[update(1, 1)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![])
    });
    let day = 24 * 3600;
    assert_eq!(
        session(store, 2, 1, at(day - 1)).as_deref(),
        Some(&b"answers"[..])
    );
    assert_eq!(session(store, 3, 2, at(day - 1)), None);
    assert_eq!(session(store, 4, 1, at(day)), None);
}

fn the_next_row_sees_the_session_of_the_last(store: &dyn Store) {
    store
        .accept(&[update(1, 1), update(2, 1), update(3, 1)], at(0))
        .unwrap();
    work_with(store, 10, at(0), |job| {
        let mut all = job.session.unwrap_or_default().to_vec();
        all.extend(job.update_id.to_string().bytes());
        done(SessionChange::Put(all), vec![])
    });
    assert_eq!(session(store, 4, 1, at(1)).as_deref(), Some(&b"123"[..]));
}

fn messages_come_in_order_one_at_a_time(store: &dyn Store) {
    put(store, 1, 1, at(0), &[parcel("a1"), parcel("a2")]);
    put(store, 2, 2, at(0), &[parcel("b1")]);
    put(store, 3, 1, at(0), &[parcel("a3")]);
    for expected in [&["a1", "b1"][..], &["a2"], &["a3"], &[]] {
        let due = store.due(10, at(0), &[]).unwrap();
        assert_eq!(words(&due), expected);
        let settled: Vec<_> = due
            .iter()
            .map(|parcel| (parcel.id, Settlement::Finished))
            .collect();
        store.settle(&settled, at(0)).unwrap();
    }
    assert_eq!(store.waiting().unwrap(), Waiting::default());
}

fn a_message_put_off_holds_its_conversation_only(store: &dyn Store) {
    put(store, 1, 1, at(0), &[parcel("a1"), parcel("a2")]);
    put(store, 2, 2, at(0), &[parcel("b1")]);
    assert_eq!(store.next_due(at(0)).unwrap(), None);
    let first = store.due(1, at(0), &[]).unwrap().remove(0);
    assert_eq!(first.failures, 0);
    store
        .settle(&[(first.id, Settlement::Later(at(30)))], at(0))
        .unwrap();
    assert_eq!(words(&store.due(10, at(29), &[]).unwrap()), ["b1"]);
    assert_eq!(store.next_due(at(0)).unwrap(), Some(at(30)));
    let due = store.due(10, at(30), &[]).unwrap();
    assert_eq!(words(&due), ["a1", "b1"]);
    assert_eq!(due[0].failures, 1);
    assert_eq!(store.next_due(at(30)).unwrap(), None);
}

fn urgent_conversations_come_first(store: &dyn Store) {
    put(store, 1, 1, at(0), &[parcel("a1")]);
    put(store, 2, 2, at(0), &[parcel("b1"), urgent("b2"), parcel("b3")]);
    put(store, 3, 3, at(0), &[urgent("c1")]);
    // The first message of b is not urgent, and the urgent one cannot overtake it.
    let due = store.due(10, at(0), &[]).unwrap();
    assert_eq!(words(&due), ["b1", "c1", "a1"]);
    assert!(!due[0].urgent && due[1].urgent);
    assert_eq!(words(&store.due(1, at(0), &[]).unwrap()), ["b1"]);
    store.settle(&[(due[0].id, Settlement::Finished)], at(0)).unwrap();
    let due = store.due(10, at(0), &[]).unwrap();
    assert_eq!(words(&due), ["b2", "c1", "a1"]);
    store.settle(&[(due[0].id, Settlement::Finished)], at(0)).unwrap();
    assert_eq!(words(&store.due(10, at(0), &[]).unwrap()), ["c1", "a1", "b3"]);
}

fn busy_conversations_are_left_out(store: &dyn Store) {
    for number in 1..=3 {
        put(
            store,
            number.into(),
            number,
            at(0),
            &[parcel(&format!("to {number}"))],
        );
    }
    assert_eq!(
        words(&store.due(2, at(0), &[chat(1), chat(9)]).unwrap()),
        ["to 2", "to 3"]
    );
}

fn a_gone_chat_is_forgotten(store: &dyn Store) {
    store.accept(&[update(1, 1)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(
            SessionChange::Put(b"answers".to_vec()),
            vec![parcel("a1"), parcel("a2")],
        )
    });
    put(store, 2, 2, at(0), &[parcel("b1")]);
    let first = store.due(1, at(0), &[]).unwrap().remove(0);
    store.settle(&[(first.id, Settlement::ChatGone)], at(0)).unwrap();
    assert_eq!(words(&store.due(10, at(0), &[]).unwrap()), ["b1"]);
    assert_eq!(store.waiting().unwrap().outbox, 1);
    assert_eq!(session(store, 3, 1, at(1)), None);
}

fn wipe_deletes_before_the_parcels_go_in(store: &dyn Store) {
    store.accept(&[update(1, 1)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![urgent("old")])
    });
    put(store, 2, 2, at(0), &[parcel("other")]);
    store.accept(&[update(3, 1)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(SessionChange::Wipe, vec![parcel("all is forgotten")])
    });
    assert_eq!(
        words(&store.due(10, at(0), &[]).unwrap()),
        ["other", "all is forgotten"]
    );
    assert_eq!(session(store, 4, 1, at(0)), None);
}

fn forget_deletes_all_but_the_ids(store: &dyn Store) {
    store.accept(&[update(1, 1)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![parcel("a1")])
    });
    store.accept(&[update(2, 1), update(3, 2)], at(0)).unwrap();
    store.forget(chat(1)).unwrap();
    let waiting = store.waiting().unwrap();
    assert_eq!((waiting.inbox, waiting.outbox), (1, 0));
    assert_eq!(store.accept(&[update(2, 1)], at(1)).unwrap(), 0);
    assert_eq!(session(store, 4, 2, at(1)), None);
    assert_eq!(session(store, 5, 1, at(1)), None);
}

fn sweep_deletes_what_has_expired(store: &dyn Store) {
    store.accept(&[update(1, 1), update(2, 2)], at(0)).unwrap();
    work_with(store, 1, at(0), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![parcel("a1")])
    });
    work_with(store, 1, at(10), |_| {
        done(SessionChange::Put(b"answers".to_vec()), vec![])
    });
    assert_eq!(store.sweep(at(0) + hours(24) - hours(1)).unwrap(), 0);
    assert_eq!(store.sweep(at(0) + hours(24)).unwrap(), 1);
    assert_eq!(store.sweep(at(0) + hours(24)).unwrap(), 0);
    assert_eq!(store.sweep(at(10) + hours(48)).unwrap(), 3);
    assert_eq!(store.waiting().unwrap().outbox, 1);
}

fn settling_what_is_not_there_does_nothing(store: &dyn Store) {
    put(store, 1, 1, at(0), &[parcel("a1")]);
    let id = store.due(1, at(0), &[]).unwrap()[0].id;
    store.settle(&[(id, Settlement::Finished)], at(0)).unwrap();
    store
        .settle(
            &[(id, Settlement::Later(at(5))), (id, Settlement::ChatGone)],
            at(0),
        )
        .unwrap();
    store.settle(&[], at(0)).unwrap();
    // An id is not given out a second time, so a late settlement cannot hit another message.
    put(store, 2, 1, at(0), &[parcel("a2")]);
    assert_ne!(store.due(1, at(0), &[]).unwrap()[0].id, id);
}
