# The topic "something feels wrong": screens, buttons, safety net.

topic-something_feels_wrong = Something feels wrong
    .say = Something feels wrong.
    .tips = When something feels wrong
    .uncertain = I cannot see you, so I may be wrong. You know your body best.
    .watch = { $phase ->
        [after_birth] Watch for: fever, more bleeding, a bad smell, or pee that burns. Also a bad headache, one leg bigger, or pain that grows.
       *[pregnant] { $loss ->
            [yes] Watch for: fever, more bleeding, a bad smell, or pee that burns. Also a bad headache, one leg bigger, or pain that grows.
           *[no] Watch for: fever, blood, a leak, or waves of pain. Also a bad headache, one leg bigger, or, from 20 weeks, less movement.
         }
     }
    .how_long = Do not wait longer than a day. If the feeling stays tonight, phone a nurse line tonight.
    .help = { $phase ->
        [after_birth] { $loss ->
            [yes] If one of these comes, phone your maternity unit at once, day or night. Chest pain, hard to breathe or a faint: your emergency number.
           *[no] If one of these comes, phone your maternity unit at once, day or night. Chest pain, hard to breathe, or a baby who is floppy, blue, hot or not feeding: your emergency number.
         }
       *[pregnant] If one of these comes, phone your maternity unit at once, day or night. Chest pain, hard to breathe or a faint: your emergency number.
     }

## Which kind

screen-wrong_kind =
    What is it most like? Tap one.
    Cannot say? Tap None of these. That is fine too.
    .why = I have a short list for each kind. So you do not have to read all of them.

choice-kind_birth = { $loss ->
    [yes] Bleeding or a leak
   *[no] Bleeding, leak, birth
 }
choice-kind_wound = { $loss ->
    [yes] Bleeding or wound
   *[no] Bleeding, birth, wound
 }
choice-baby_moves_less = Baby moves less
    .line = Baby: moves less, or not the usual way.
choice-baby_looks_ill = My baby looks ill
    .line = Baby: floppy, blue, hot, breathing hard, or not feeding.
choice-kind_head = Head, eyes, swelling
choice-kind_fever = Fever, belly or pee
choice-kind_skin = Skin, itch or leg
choice-kind_mood = Mood or not safe

## The list of that kind

screen-wrong_list = Which of these? Tick all that fit, then Done.
    .why = Each of these has its own answer: who to call, and how fast.

screen-wrong_list_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-wrong_smear = A smear of blood
    .line = Smear: a little blood when you wipe, or on your pants.
    .check = Smear: wipe and look. Is there any pink, red or brown?

choice-wrong_bleeds_like_period = Bleeding like a period
    .line = Bleeding: more than a smear, like a period.
    .check = Bleeding: put on a dry pad and look in ten minutes.

choice-wrong_any_bleeding = Any bleeding
    .line = Blood: even a smear.
    .check = Blood: wipe and look. Is there any pink, red or brown?

choice-wrong_waters = Waters or a leak
    .line = Leak: a gush or a trickle of water from below.
    .check = Leak: put on a dry pad and look in ten minutes.

choice-wrong_waves = Waves or tightening
    .line = Waves: pain or tightening that builds, fades, and comes again. Also from side to groin.
    .check = Waves: lie on your side with a hand on your belly. Does it come back at even gaps?

choice-wrong_pressure = Pressure down below
    .line = Pressure: new and heavy. Also a plug of thick mucus.
    .check = Pressure: stand up and walk a few steps. Is it new and heavy?

choice-wrong_one_sided_belly = Low belly pain, one side
    .line = Low belly: it stays on one side, or on the right.
    .check = Low belly: press each side. Does one side hurt more?

choice-wrong_fall = Fall or blow
    .line = Fall: or a crash or a blow.
    .check = Fall: did your belly or back get hit, even a bit?

choice-wrong_heavier_bleeding = Bleeding gets heavier
    .line = Bleeding: it grows again, or is bright red again.
    .check = Bleeding: is it more than yesterday? Bright red again?

choice-wrong_smelly_discharge = Bad-smelling discharge
    .line = Smell: what comes from below smells bad.
    .check = Smell: look at your pad. Is the smell new?

choice-wrong_needle_spot = Epidural spot sore, red
    .line = Epidural: or a spinal. The spot is sore, red or oozing.
    .check = Spot: ask someone to look, or use your phone. Is it red or wet?

choice-wrong_wound = Wound red or open
    .line = Wound: a cut or tear that is red, open, wet or more sore.
    .check = Wound: look in the light, or use your phone. Is it red, open or wet?

choice-wrong_headache = Bad headache
    .line = Headache: bad, and it stays.
    .check = Headache: drink, and rest your eyes. Does it stay?

choice-wrong_sight = Spots or blurred sight
    .line = Sight: spots, flashes or blur.
    .check = Sight: cover one eye, then the other. Spots or blur?

choice-wrong_swollen_face = Swollen face or hands
    .line = Swollen: face or hands, and fast.
    .check = Swollen: are your rings tight, or your eyes puffy, since today?

choice-wrong_worse_sitting_up = Worse when I sit up
    .line = Sitting up: the headache is worse, and better when you lie flat.
    .check = Sitting up: sit for a minute. Is your head worse?

choice-wrong_stiff_neck = Stiff neck
    .line = Neck: stiff, or light hurts your eyes.
    .check = Neck: can you put your chin to your chest?

choice-wrong_fever = Fever or shivering
    .line = Fever: 38.0 C (100.4 F) or more, or hot and shaking with cold.
    .check = Fever: measure it. No way to measure? Hot and shaking counts.

choice-wrong_bad_urine = Pee burns or looks odd
    .line = Pee: burns, or is cloudy, smelly or pink.
    .check = Pee: does it burn? Look at the colour.

choice-wrong_side_pain = Pain in side, under ribs
    .line = Side: at the back, under the ribs.
    .check = Side: tap your back with a fist, under the ribs. Does one side hurt?

choice-wrong_rib_pain = Pain under ribs in front
    .line = Ribs: in front, and more than heartburn.
    .check = Ribs: press there. Is it bad, or more than heartburn?

choice-wrong_nothing_stays_down = Sick, nothing stays down
    .line = Sick: nothing stays down, or no pee for 8 hours.
    .check = Sick: take small sips. Do they stay down? When did you last pee?

choice-wrong_itchy = Itchy palms or soles
    .line = Itchy: with no rash.
    .check = Itch: is it the palms or the soles? Is there a rash?

choice-wrong_yellow = Yellow eyes or skin
    .line = Yellow: the white of the eyes, or the skin.
    .check = Yellow: look at the white of your eyes in the light.

choice-wrong_leg_swollen = One leg swollen or hot
    .line = Leg: one is bigger, hot or red, hurts all the time or when pressed, or has a hard sore cord.
    .check = Leg: look at both in the light. Is one bigger, hotter or redder? Do not rub it.

choice-wrong_leg_cold = Leg cold, white or blue
    .line = Cold leg: cold, white or blue with pain, or numb all of a sudden.
    .check = Cold leg: look at both feet in the light. Is one cold or pale?

choice-wrong_tingling = Tingling lips or hands
    .line = Tingling: lips or fingertips, or hands that lock.
    .check = Hands: open and close them. Do they lock? Do your lips tingle?

choice-wrong_brown_or_weak = Brown pee, weak all over
    .line = Brown pee: like cola. Or all your muscles are weak.
    .check = Pee: look at the colour in the light. Is it hard to get up?

choice-wrong_thoughts_of_harm = Thoughts of harm
    .line = { $loss ->
        [yes] Thoughts: of ending your life, or of hurting yourself.
       *[no] Thoughts: of ending your life, or of harming you or the baby.
     }
    .check = Thoughts: are they dark or scary?

choice-wrong_someone_hurts_me = Someone hurts me
    .line = Not safe: someone hurts you, or makes you afraid.
    .check = Not safe: do you feel afraid at home, even now and then?

choice-wrong_low_or_worried = Low or very worried
    .line = Low: sad, empty or very worried on most days.
    .check = Low: was it like this on most days?

## The one follow-up

choice-sick_too = Being sick too
    .line = Sick: you throw up with this pain.

choice-rib_pain_will_not_ease = Rib pain will not ease
    .line = Ribs: the pain is still there and does not let up.

choice-spot_worse_or_oozing = Spot worse or oozing
    .line = Spot: more sore each day, or wet.
