# The topic "leg or foot pain": its own words. The lists of the legs and of the rest of the body are those of leg cramps.

topic-leg_or_foot_pain = Leg or foot pain
    .say = My leg or foot hurts.
    .tips = Leg or foot pain
    .uncertain = I cannot see your leg, so I may be wrong.
    .watch = { $phase ->
        [after_birth]
            Watch for: one leg bigger, hot, red, numb or weak, or sore all the time.
            Also fever, belly or side pain, or pee that burns. Also more bleeding, a bad smell, a bad headache, or a wound or epidural spot that gets sore.
       *[pregnant]
            Watch for: one leg bigger, hot, red, numb or weak, or sore all the time.
            Also fever, belly or side pain, a fall, or pee that burns. Also any blood, a leak, waves, pressure down below, a bad headache, itchy palms, or less movement.
     }
    .how_long = The pain should ease in two or three days. If not, or if it grows, phone your midwife or doctor.
    .help = { $phase ->
        [after_birth] { $loss ->
            [yes]
                If you see one of these, phone your maternity unit now, day or night.
                Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also very bad belly pain.
           *[no]
                If you see one of these, phone your maternity unit now, day or night.
                Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also a baby who is floppy, blue, hot or not feeding.
         }
       *[pregnant]
            If you see one of these, phone your maternity unit now, day or night.
            Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also very bad belly pain, or a need to push.
     }

choice-brown_or_weak = Brown pee, weak all over
    .line = Brown pee: like cola. Or all your muscles are weak.
    .check = Pee: look at the colour in the light. Is it hard to get up?

## What fits: causes

screen-leg_causes = Last one. What fits? This helps me pick tips. Tick any, or skip.
    .why = Nothing here is a danger sign. It only helps me pick the tips that fit you.

choice-both_ankles_puffy = Both ankles puffy
    .line = Puffy: both, by evening.

choice-veins_or_heavy_legs = Veins or heavy legs

choice-sore_from_a_cramp = Sore from a cramp

choice-heel_on_first_steps = Heel hurts, first steps
    .line = Heel: most on the first steps.

choice-shoots_burns_tingles = Shoots, burns, tingles

## More steps

screen-leg_fit = Does any of this fit? Then I can leave out what is not for you. Tick all that fit, then Done.
    .why = Some steps are not safe for all. Your answers take those away. They never make the advice less urgent.

choice-clot_risk = Clot risk or long trip
    .line = Clot risk: a clot before, clots in the family, a long trip, or days in bed.

choice-poor_blood_flow = Poor blood flow in legs
    .line = Blood flow: feet that are often cold and pale.

choice-sole_or_arch_aches = Sole or arch aches
    .line = Sole: an ache after a day in flat or new shoes.

choice-hard_exercise = Hard exercise

choice-told_to_rest = Told to rest

## Causes, as they follow "Most like:"

cause-varicose_ache = an ache from swollen leg veins
cause-usual_ankle_swelling = water in both ankles
cause-after_cramp_soreness = a muscle sore from a cramp
cause-muscle_strain = a strained muscle
cause-sciatica = a nerve that starts in the back
cause-plantar_heel_pain = a sore band under the heel
cause-foot_strain_shoes = a tired foot, or shoes that do not hold it
cause-outer_thigh_nerve = a skin nerve of the thigh under pressure
cause-position_tingling = a leg held too long in one place

## Steps

step-rest_leg_on_pillow = Lie on a side or sit, with the sore leg on a pillow. Rest it for 15 to 20 minutes.
    .name = leg on a pillow
    .caution = Stop if the foot turns pale or cold.

step-look_at_legs_again = Look at both legs in the morning: same size, same colour? If one is bigger, hot or red, phone your unit now.
    .name = look at both legs

step-loosen_waistband = Wear loose clothes at the hips. A snug band there can press on a skin nerve of the thigh.
    .name = loose clothes

step-shake_out_position = Change how you lie or sit. Stretch the leg slowly, then circle the foot for a minute.
    .name = change position
    .caution = Stop if the pain shoots down the leg.

step-break_long_sitting = In the day, walk 10 minutes in each hour of sitting. Do not cross your legs.
    .name = walk each hour

step-shoes_and_rolling_ball = For a sore heel or sole: sit and roll a ball under the arch for two minutes, twice a day.
    .name = ball under the arch
    .caution = Gently. Stop if it hurts more.

step-supportive_shoes = Wear shoes that hold the arch, also at home. No bare feet on hard floors for now.
    .name = shoes that hold

step-drink_when_thirsty = Drink when you are thirsty. It helps the blood flow.
    .name = drink to thirst
    .caution = Not more than allowed, if you were told to limit drinks.

step-avoid_sleep_aids_restless = Some tablets for sleep, hay fever or sickness make restless legs worse. Ask a pharmacist before you take one.
    .name = ask about tablets
    .caution = Do not stop what a doctor gave you.

step-stand_in_water = For puffy ankles: stand in water up to your chest for 20 minutes, at a pool with others near. One small trial found it helps.
    .name = stand in water
    .caution = Not if your waters have gone, or with a wound.

step-travel_and_clot_risk = Clots are more likely for you. On trips and long days sitting: move every hour, and bend your feet up and back.
    Ask your midwife before a long trip. You may need stockings or injections.
    .name = clot risk

