# The opening: the welcome, the first list, the stage. Met by every woman.

opening =
    Woken by pain? Tap what fits.
    I am a leaflet that asks questions. No person reads this at night. If I do not answer, phone your maternity unit.
    For pregnancy, and six months after a birth or a loss. Typing for her? Tap that first.
    Chest pain, hard to breathe, a faint, a fit, or heavy bleeding: call your emergency number now.

# Sent before the first question. First aid: nothing was asked yet.
first_aid-cramp_now =
    Sit up. Straight knee. Pull your toes up to your shin. Hold 30 seconds. Breathe.
    Do not rub it. Leg cold, white or blue, chest pain, or hard to breathe: call your emergency number.

## The first list

screen-gate = { $topic ->
    [something_feels_wrong] Is any of this true now?
    [back_pain_in_pregnancy] Lie the way that hurts least. Is any of this true now?
    [back_pain_after_birth] Lie the way that hurts least. Is any of this true now?
   *[leg_cramps] Rest the leg. Do not rub it yet. Is any of this true right now?
 }
    .why = These signs need help in minutes. I ask them first, every time, so that nothing else can hold you up.

screen-gate_check = That is fine. Let us look again. Tap the one that might be true.

choice-chest_or_breath = Chest or breath trouble
    .line = Chest pain, a rip high in the back, coughing blood, or hard to breathe.
    .check = Say a full sentence. Do you gasp? Does it hurt to breathe in?

choice-faint_fit_or_very_ill = Faint, fit or very ill
    .line = Fainted, a fit, confused, blotchy skin or very ill. Or fever or side pain with a racing heart.
    .check = Did you pass out, even for a moment? Do you feel very ill?

choice-she_or_baby_very_ill = { $loss ->
    [yes] Faint, fit or very ill
   *[no] I or baby very ill
 }
    .line = { $loss ->
        [yes] Fainted, a fit, confused, blotchy skin or very ill. Or fever or side pain with a racing heart.
       *[no] Fainted, a fit, confused, blotchy skin or very ill. Fever with a racing heart. Or a baby floppy, blue, hot or not feeding.
     }
    .check = { $loss ->
        [yes] Did you pass out, even for a moment? Do you feel very ill?
       *[no] Did you pass out, even for a moment? Do you feel very ill? Does a baby look ill?
     }

choice-heavy_bleeding = Heavy bleeding
    .line = Blood that soaks a pad, big clots, or blood with pain that stays.
    .check = Look at your pad. Did it fill in an hour?

choice-numb_or_weak = Numb below or legs weak
    .line = Numb between the legs, or cannot pee. One leg weaker each day, or since an epidural. Both legs weak, numb, or sore with new leaks.
    .check = Touch where you wipe. Is it numb? Can you pee and stand?

choice-thoughts_of_harm = Thoughts of harm
    .line = { $loss ->
        [yes] Thoughts of ending your life, or of hurting yourself.
       *[no] Thoughts of ending your life, or of harming you or the baby.
     }
    .check = Are your thoughts dark or scary?

choice-leg_cold = Leg cold, white or blue
    .line = A leg or foot that is cold, white or blue, with pain or numbness.
    .check = Look at both feet in the light. Is one cold or pale?

choice-bad_belly_or_push = Bad belly pain or push
    .line = Belly hard as wood, very bad belly pain, pain at the shoulder tip, or a need to push.
    .check = Press your belly. Does it stay hard? Is the pain very bad?

## Stage

screen-stage = { $loss ->
    [yes]
        How long is it since the pregnancy ended?
        Between two? Pick the first.
   *[no]
        Where are you now?
        Count weeks from your last period. "After" means after a birth, or after a pregnancy ended.
        Between two? Pick the first.
 }
    .why = Some signs mean more in some weeks. Your answer picks the right questions. I keep no date.

choice-under_13_weeks = Under 13 weeks
choice-weeks_13_to_19 = 13 to 19 weeks
choice-weeks_20_to_27 = 20 to 27 weeks
choice-weeks_28_to_36 = 28 to 36 weeks
choice-weeks_37_or_more = 37 weeks or more
choice-week_not_known = Week not known
choice-after_0_to_2_weeks = 0-2 weeks after
choice-after_2_to_6_weeks = 2-6 weeks after
choice-after_6_to_12_weeks = 6-12 weeks after
choice-after_3_to_6_months = 3-6 months after
choice-period_late = Period late
choice-neither = Neither

# One sentence for the phone. $from and $to are weeks, or days for days_range.
stage-say = { $shape ->
    [weeks_range] I am { $from } to { $to } weeks pregnant.
    [weeks_exact] I am { $from } weeks pregnant.
    [weeks_under] I am less than { $to } weeks pregnant.
    [weeks_over] I am { $from } weeks pregnant or more.
    [week_not_known] I am pregnant. I do not know the week.
    [period_late] My period is late. I may be pregnant.
    [days_range] { $loss ->
        [yes] My pregnancy ended { $from } to { $to } days ago.
       *[no] I am { $from } to { $to } days after a birth or a loss.
     }
    [days_exact] { $loss ->
        [yes] My pregnancy ended { $from } days ago.
       *[no] I am { $from } days after a birth or a loss.
     }
    [weeks_after] { $loss ->
        [yes] My pregnancy ended { $from } to { $to } weeks ago.
       *[no] I am { $from } to { $to } weeks after a birth or a loss.
     }
    [after_over] { $loss ->
        [yes] My pregnancy ended in the last six months.
       *[no] I had a birth or a loss in the last six months.
     }
   *[not_known] { $loss ->
        [yes] My pregnancy ended not long ago.
       *[no] I am pregnant, or I was not long ago.
     }
 }

loss =
    I am so sorry. I will not ask about a baby or the weeks before.
    Your body still needs care for some weeks. I can help with your pain as before.
    Call your emergency number for: blood that soaks a pad, chest pain, hard to breathe, a faint or a fit.
    Phone your unit now for: a fever, a bad smell, a bad headache, or one leg bigger.
    If thoughts of dying come, tap Thoughts of harm. It is on the first list.
    You do not need to give a reason for anything here.

# Somebody else is typing.
for_her =
    You are typing for her. Thank you. Ask her each line, and tap what she says. "You" means her.
    Some lines are private. If you can, hand her the phone.
    If she cannot answer, is hard to wake, or makes no sense: call { $number } now.
    Do not rub her leg. Do not wait for the end of the questions if she gets worse.

out_of_scope =
    I am made for pregnancy, and for six months after a birth or a loss. So I cannot judge this for you.
    A pharmacist, a nurse line or a doctor can help. For a child, phone the child's doctor.
    Chest pain, hard to breathe, a faint, a fit or heavy bleeding: call { $number } now. A cold, white or blue leg: call too.
    { $loss ->
        [yes] Did it end in the last six months? Tap Back, and pick how long ago.
       *[no] Think you may be pregnant? Start again, and tap Period late.
    }
