# Answers: who, how fast, what to say, what to do meanwhile; and what stands behind Why.

emergency_number = your emergency number (112, 911 or 999 in many places)
    .known = your emergency number ({ $number })

answer-emergency = Call { $number } now.
    .no_answer = No answer? Go to the nearest emergency department. Do not drive yourself.
    .meanwhile = Unlock the door. Wake someone to stay with you.

answer-go_now = Phone your maternity unit or hospital now, day or night, and go in.
    .no_answer = No answer? Go to the nearest hospital.
    .worse = Call { $number } if your chest hurts, it gets hard to breathe, or you faint.

answer-go_now_unsure = You are not sure, so let us be careful. Phone your maternity unit or hospital now, and say so. They will help you tell.
    .no_answer = No answer in ten minutes? Go in.
    .worse = If a sign gets clear, or worse, call { $number }.

answer-same_day = { $time ->
    [night] Speak to a midwife, doctor or nurse line within the day. It is night now. If you feel well, call first thing in the morning.
    [day] Speak to a midwife, doctor or nurse line today.
   *[unknown] Speak to a midwife, doctor or nurse line today. Is it night? If you feel well, call first thing in the morning.
 }
    .meanwhile = { $time ->
        [day] Until then: rest.
       *[night] Until morning: rest, and keep your phone near.
     }
    .no_answer = No answer? Phone your maternity unit.
    .worse = { $phase ->
        [after_birth] Do not wait if you feel worse. Fever, more bleeding, or one leg bigger: phone your unit at once, and go in.
       *[pregnant] Do not wait if you feel worse. Fever, blood, one leg bigger, or waves: phone your unit at once, and go in.
     }

answer-same_day_unsure = { $time ->
    [night] You were not sure, so please speak to a midwife, doctor or nurse line within the day. It is night now. If you feel well, call first thing in the morning.
    [day] You were not sure, so please speak to a midwife, doctor or nurse line today.
   *[unknown] You were not sure, so please speak to a midwife, doctor or nurse line today. Is it night? If you feel well, call first thing in the morning.
 }
    .meanwhile = { $time ->
        [day] Until then: rest, and look at the sign again.
       *[night] Until morning: rest, and look at the sign again.
     }
    .no_answer = No answer? Phone your maternity unit.
    .worse = A sign gets clear, or you feel worse? Phone your unit at once.

answer-routine = You can try this tonight. Book a visit with your midwife or doctor in the next two weeks.

answer-self_care = You can try this tonight. Tell your midwife at your next visit.

answer-say = Say:
answer-say_for_her = Say it for her:
answer-because_none = Because you said that no danger sign fits.
answer-because = Because you said: { $list }.
answer-because_unsure = You were not sure about: { $list }.
answer-causes = Most like: { $list }.
answer-steps = What may help now:
answer-above = Your answer stands above. It has not changed.
answer-unsure_ask = Can you help me tell if I need to come in?
answer-unsure_say = I am not sure about some danger signs.
answer-more_steps = More steps for you:
answer-no_steps = No step of mine is safe to add before someone has looked at you.
answer-not_sure_often = Not sure three times is a good reason to talk to a person.

## Why

why-rule = Rule { $rule }: { $name }.
why-source = Source: { $title }.
why-grade = How sure the source is: { $grade }
why-no_rule = No danger sign fits what you said. So no rule asks for more.
why-steps = The steps, and how well they are known: { $list }. A is from trials, B from guidelines, C from leaflets and long use.
why-digest = This text has the mark { $digest }. Name it if you tell someone about a fault.
why-unsigned = No midwife or doctor has signed these rules yet.
why-nothing = There is no answer yet, so there is no why. Tap what fits, or start again.

grade-A = A, from trials. They may be of other people, or small.
grade-B = B, from guidelines that experts agree on.
grade-C = C, from leaflets and long use.
grade-K = K, general medical knowledge. No page was checked for it.
