# The texts of the small topics.
# Cramps.
topic-leg_cramps = Cramp right now
    .say = I woke with a cramp in my leg.
    .uncertain = I cannot see you.
    .watch = Call if you bleed or your leg swells.
    .how_long = Wait one day.
    .help = Call { emergency_number }.
    .tips = Steps for legs
first_aid-cramp_now = Sit up. Pull your toes up to your shin. Hold 30 seconds.
    Leg cold or white: call { emergency_number }.
command-tips_legs = Steps for legs
# Anything else.
topic-something_feels_wrong = Something feels wrong
    .say = Something feels wrong.
    .uncertain = I cannot see you.
    .watch = Call if it grows worse.
    .how_long = Call today.
    .help = Call { emergency_number }.
flag-E14 = a feeling that something is wrong

screen-gate = Is one of these true now?
    .why = These need help now.
screen-gate_check = Look again.
screen-stage = { $loss ->
        [yes] How long ago did it end?
       *[no] How far along are you?
    }
    .why = Some steps are not for each week.
screen-blood = Do you bleed?
    .why = Blood can need help now.
screen-body = How do you feel?
    .why = A hot body can need help.
screen-cramp_causes = What was today like?
    .why = It shows why it cramps.
screen-cramp_fit = Is one of these true?
    .why = It shows which steps are safe.

choice-short_of_breath = Hard to breathe
    .line = Hard to breathe: more than a stuffed nose.
    .check = Can you say a whole sentence?
choice-ill = Hot or shivery
    .line = Hot, 38.0 C or more, or shaking.
choice-early = Under 13 weeks
choice-late = 13 weeks or more
choice-born = After birth
choice-bleeds = Heavy bleeding
choice-dry = Drank little today
choice-often = Most nights
choice-veins = Bulging veins

finding-breathless = it is hard to breathe
    .say = It is hard to breathe.
finding-sign_ill = you feel hot or shivery
    .say = I feel hot or shivery.
finding-fever = you are hot
    .say = I am hot.
finding-bleeding = you bleed
    .say = I bleed.
finding-nights = it cramps most nights
finding-thirsty = you drank little

flag-R01 = trouble with the lungs
    .ask = I need help now.
    .meanwhile = Sit up.
flag-R02 = an infection
    .ask = I need a call back today.
    .meanwhile = Drink small sips.
flag-R03 = bleeding
    .ask = I need a check.
    .meanwhile = Lie on your side.
flag-N1 = many cramps

cause-dehydration = too little to drink
step-toes_up = Pull your toes up. Hold 30 seconds. Do it 3 times.
    .caution = Not if the leg is cold.
    .name = toes up
step-rub = Rub the calf for one minute.
    .name = a rub
