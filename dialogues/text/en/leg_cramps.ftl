# The topic "leg cramps": screens, buttons, causes, steps, safety net.

topic-leg_cramps = Cramp right now
    .say = I have a cramp in my leg.
    .tips = Leg cramps at night
    .uncertain = I cannot see your leg, so I may be wrong.
    .watch = { $phase ->
        [after_birth]
            Watch for: one leg bigger, hot, red, numb or weak, or sore all the time.
            Also fever, belly or side pain, a fall, or pee that burns. Also more bleeding, a bad smell, a bad headache, or a wound or epidural spot that gets sore.
       *[pregnant]
            Watch for: one leg bigger, hot, red, numb or weak, or sore all the time.
            Also fever, belly or side pain, a fall, or pee that burns. Also any blood, a leak, waves, pressure down below, a bad headache, or less movement.
     }
    .how_long = A cramp should let go in 10 minutes. The ache should go in a day.
    .help = { $phase ->
        [after_birth] { $loss ->
            [yes]
                If not, or if you see one of these, phone your maternity unit, day or night.
                Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also very bad belly pain.
           *[no]
                If not, or if you see one of these, phone your maternity unit, day or night.
                Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also very bad belly pain, or a baby who is floppy, blue, hot or not feeding.
         }
       *[pregnant]
            If not, or if you see one of these, phone your maternity unit, day or night.
            Your emergency number: chest pain, hard to breathe, heavy bleeding, or a cold, white or blue leg. Also very bad belly pain, or a need to push.
     }

## The legs

screen-legs = Put on a light. Look at both legs and feel them. Tick all that fit, then Done.
    .why = A clot in the leg can feel like a cramp, and a rub can loosen it. So I ask before any rub, heat or stretch plan.

screen-legs_check =
    That is fine. Here is how to compare.
    Sit with both feet flat. Tick what might be true. Do not rub the leg.

choice-one_leg_bigger = One leg is bigger
    .line = Bigger: the calf, the thigh or the whole leg, or it feels tight.
    .check = Bigger: wrap a scarf round each calf at the same height. A finger's width more counts.

choice-one_leg_hot = One leg hot or darker
    .line = Hot or darker: also red.
    .check = Hot or darker: lay the back of your hand on each leg. Look in the light.

choice-one_leg_non_stop = One leg hurts non-stop
    .line = Non-stop: a calf, thigh or groin hurts all day and all night. Not a burning patch of skin.
    .check = Non-stop: sit still. Does it still hurt, and did it all day?

choice-sore_not_from_cramp = Sore, but not from cramp
    .line = Sore: when you press, with no cramp in the last day.
    .check = Sore: press each calf with a thumb. Is one sore, with no cramp in the last day?

choice-hard_sore_cord = Hard sore cord in skin
    .line = Cord: hard, red and sore, just under the skin.
    .check = Cord: feel along the red line. Is it hard?

choice-weak_leg = Weak leg or can't stand
    .line = Weak: the foot drops or trips, the leg gives way, or pain shoots down both legs.
    .check = Weak: stand on each heel. Does a foot drop?

## The rest of the body

screen-legs_body = And the rest of you? Tick all that fit, then Done.
    .why = { $loss ->
        [yes] These signs can come with a cramp and need care of their own. They also tell me which steps are safe for you.
       *[no] These signs can come with a cramp and need care of their own. Some are about the baby. They also tell me which steps are safe for you.
     }

screen-legs_body_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-fever = Fever or shivering
    .line = Fever: 38.0 C (100.4 F) or more, or hot and shaking with cold.
    .check = Fever: measure it. No way to measure? Hot and shaking counts.

choice-smear_of_blood = A smear of blood
    .line = Smear: a little blood when you wipe, or on your pants.
    .check = Smear: wipe and look. Is there any pink, red or brown?

choice-birth_signs_early = Bleeding, leak or waves
    .line = Bleeding: like a period. Leak: water from below. Waves: tightening that comes and goes.
    .check = Leak: put on a dry pad and look in ten minutes.

choice-birth_signs = Bleeding, leak or waves
    .line = Birth signs: any blood, water that leaks, or tightening in waves.
    .check = Blood: wipe and look. Leak: put on a dry pad and look in ten minutes.

choice-baby_or_birth = { $loss ->
    [yes] Bleeding, leak or waves
   *[no] Baby or birth signs
 }
    .line = { $loss ->
        [yes] Any blood, water that leaks, or tightening in waves.
       *[no] Birth signs: any blood, water that leaks, or tightening in waves. Baby: moves less, or not the usual way.
     }
    .check = { $loss ->
        [yes] Blood: wipe and look. Leak: put on a dry pad and look in ten minutes.
       *[no] Blood: wipe and look. Leak: put on a dry pad and look in ten minutes. Baby: not sure it moves as usual? Then tick it.
     }

choice-head_eyes_ribs = Headache, sight, swollen
    .line = Headache: bad, and it stays. Sight: spots or blur. Swollen: face or hands, and fast. Also bad rib pain.
    .check = Sight: cover one eye, then the other. Spots or blur? Ribs: press there. Is it bad, or more than heartburn?

choice-head_eyes_neck = Headache, sight, ribs
    .line = Headache: bad, or worse when you sit up. Sight: spots or blur. Ribs: bad pain in front. Also a stiff neck, a swollen face or hands, or yellow eyes.
    .check = Head: sit up for a minute. Is it worse? Sight: cover one eye, then the other. Spots or blur?

choice-dry_or_brown = Very sick or brown pee
    .line = Very sick: nothing stays down, or no pee for 8 hours. Brown pee: like cola. Also if weak all over.
    .check = Pee: look at the colour in the light. When did you last go?

choice-dry_brown_or_tingling = Very sick or brown pee
    .line = Very sick: nothing stays down, or no pee for 8 hours. Brown pee: like cola. Also weak all over, tingling lips or fingertips, or hands that lock.
    .check = Pee: look at the colour in the light. When did you last go? Hands: do they lock?

choice-tingling = Tingling lips or hands
    .line = Tingling: lips or fingertips, or hands that lock.
    .check = Hands: open and close them. Do they lock? Do your lips tingle?

choice-itchy = Itchy palms or soles
    .line = Itchy: with no rash.
    .check = Itch: is it the palms or the soles? Is there a rash?

choice-pills = Water pill or statin
    .line = Pills: for water or cholesterol. Also daily laxatives.
    .check = Pills: read the packet, or ask a pharmacist.

## The one follow-up

screen-detail = One more check, because of what you told me. Tick all that fit, then Done.
    .why = These few signs can change how fast you need help.

choice-had_epidural = I had an epidural
    .line = Epidural: or a spinal, in the last six weeks.

choice-weak_all_over = Weak all over
    .line = Weak: all your muscles, so that it is hard to get up.

choice-heart_skips = Heart skips or races
    .line = Heart: it skips or races while you rest.

## What fits: causes

screen-cramp_causes = Last one. What fits? This helps me pick tips. Tick any, or skip.
    .why = Nothing here is a danger sign. It only helps me pick the tips that fit you.

choice-knot_gone_in_minutes = Knot, gone in minutes
    .line = Knot: hard, and it lets go.

choice-creepy_urge_to_move = Creepy urge to move
    .line = Urge: better when you walk.

choice-stood_or_sat_for_long = Stood or sat for long

choice-hot_day_drank_little = Hot day, drank little

choice-cold_feet_tight_covers = Cold feet, tight covers
    .line = Covers: they push your toes down.

choice-cramps_every_night = Cramps every night

## More steps: what decides about further steps

screen-cramp_fit = Does any of this fit? Then I can leave out what is not for you. Tick all that fit, then Done.
    .why = Some steps are not safe for all. Your answers take those away. They never make the advice less urgent.

choice-kidney_or_heart = Kidney or heart illness
    .line = Kidney or heart: also high blood pressure.

choice-numb_or_tingling_leg = Numb or tingling leg
    .line = Numb: skin that tingles, or feels less.

choice-shoots_below_knee = Shoots below the knee
    .line = Shoots: pain that runs from the back or hip down past the knee.

choice-bulging_veins = Bulging leg veins

choice-heavy_or_puffy_legs = Heavy or puffy legs
    .line = Heavy or puffy: both legs, by the evening.

choice-kelp_often = Kelp or seaweed often
    .line = Kelp or seaweed: most weeks, also in soup or pills.

## Causes, as they follow "Most like:"

cause-ordinary_pregnancy_cramp = a leg cramp
cause-muscle_fatigue_prolonged_standing = muscles tired from a long day
cause-inactivity = legs that were still for long
cause-dehydration = a hot day, or too little to drink
cause-cold_or_bedding_position = cold feet, or covers that push the toes down
cause-low_calcium_diet_possible = food with little calcium in it
cause-low_magnesium_diet_possible = food with little magnesium in it
cause-true_hypocalcaemia_rf = low calcium in the blood
cause-uterine_compression = slow blood flow in the leg veins from the bump
cause-weight_gain = more load on the legs
cause-varicose_veins = swollen leg veins
cause-sciatica_disc = a nerve that starts in the back
cause-restless_legs = restless legs
cause-medicine_or_salts = a medicine that changes the salts in the blood
cause-sickness_salts_rf = sickness that took water and salts
cause-muscle_breakdown_rf = muscle damage
cause-cholestasis_rf = a liver trouble with itch
cause-clot_rf = a clot in the leg

## Steps

step-toes_up = Toes up: sit with the knee straight. Pull the toes gently to your shin. Hold 30 seconds, up to 3 times. Do not jerk.
    .name = toes up
    .caution = Not if the leg is cold, white or blue.

step-stand_heel_down = Or stand: hold a chair, heel flat on the floor, and lean onto the leg. Then walk slowly for a minute.
    .name = stand, heel down
    .caution = Not if you are dizzy.

step-walk_for_restless_legs = Get up and walk for a few minutes. Then stretch both calves.
    .name = walk a little
    .caution = Not if you are dizzy. Put on a light.

step-check_both_legs = Look at both legs: same size, same colour, hard knot gone? If not, phone your unit now, day or night.
    .name = look at both legs

step-expect_ache = A mild ache for a day is common after a cramp. Still sore after a day, or swollen, red or hot? Phone your unit.
    .name = an ache for a day

step-loose_covers = Loosen the covers at your feet. Wear socks, and lie on a side. Do not point your toes when you stretch in bed.
    .name = loose covers

step-no_evening_caffeine = No tea, coffee or cola after noon.
    .name = no late tea or coffee

step-iron_test_for_restless_legs = Ask your midwife or doctor for an iron test. Low iron can cause restless legs.
    .name = iron test

step-bedtime_calf_stretch =
    Before bed, every night for 6 weeks, about 3 minutes.
    Face a wall, one foot back, knee straight, heel down. Lean in till it pulls. Hold 10 seconds, rest 10. Do it 3 times, then swap legs.
    Then sit on the bed edge, one leg out straight. Lean forward 10 seconds, 3 times each leg.
    .name = stretch before bed
    .caution = Hold a chair if you feel unsteady. Stop if it hurts. It was tested in people over 55, not in pregnancy.

step-drink_to_thirst = Drink when you are thirsty. Pale yellow pee is fine.
    .name = drink to thirst
    .caution = Not more than allowed, if you were told to limit drinks.

step-walk_most_days = Walk 10 to 30 minutes most days, as it suits you. After an hour of sitting or standing, move a little.
    .name = walk most days
    .caution = Not if you were told to rest.

step-feet_up = Put your feet up on a pillow for 15 to 20 minutes in the evening.
    .name = feet up
    .caution = Stop if a foot turns pale or cold.

step-partner_toes_up = With a helper: one hand holds your knee straight. The other eases your toes up to your shin, slowly, for 30 seconds.
    .name = toes up with help
    .caution = No jerk, no force, no rub.

step-simple_wall_stretch = A shorter stretch: face a wall, one foot back, knee straight, heel down. Hold 30 seconds each side, 3 rounds.
    .name = shorter stretch
    .caution = Hold a chair if you feel unsteady.

step-foot_pumps = Foot pumps: sit and bend your feet up and back 30 times. Then circle each foot 8 times each way.
    .name = foot pumps
    .caution = Do not point your toes hard.

step-light_rub_or_warmth = For a sore calf: keep it warm for 10 to 15 minutes, awake. Or cool it in a cloth, 10 minutes. Or rub it lightly for a minute: sources disagree on that.
    .name = light rub or warmth
    .caution = Only while both legs look the same. Not on a wound or sore skin.

step-warm_foot_bath = Before bed, a lukewarm foot bath for 10 minutes. Test the water with your elbow.
    .name = foot bath
    .caution = Not with a wound. Have someone near if it is hard to get up.

step-drink_amount = { $phase ->
    [after_birth] { $loss ->
        [yes] Let thirst tell you how much to drink. Drink more in heat.
       *[no] If you breastfeed, 2 to 2.2 litres of drinks a day is enough for most. Drink more in heat.
     }
   *[pregnant] About 1.6 to 1.8 litres of drinks a day is enough for most. Drink more in heat.
 }
    .name = how much to drink
    .caution = Not if you were told to limit drinks, or that your blood pressure is high.

step-food_calcium_magnesium = Food: milk, yoghurt, greens, beans, nuts and whole grains. Tofu, and drinks with added calcium. Small fish with soft bones.
    .name = food
    .caution = Not what you are allergic to.

step-calcium_not_for_cramps = Little milk and greens on most days? Ask your midwife if you need a calcium tablet. In trials it did not stop cramps.
    .name = no calcium for cramps

step-ask_about_magnesium = Magnesium may help with cramps, or may not: trials do not agree. Ask your midwife or pharmacist before you buy it.
    .name = magnesium
    .caution = Not with kidney illness, weak muscles by illness, or loose bowels.

step-compression_stockings = Ask for fitted stockings for veins or swelling. Put them on before you get up. Take them off at night.
    .name = stockings
    .caution = Not with poor blood flow, or feet that are often cold and pale.

step-stop_daily_kelp = Stop daily kelp and seaweed, and tell your midwife. It can hold far too much iodine.
    .name = no daily kelp

step-tell_about_shooting_pain = Tell your midwife about pain that shoots, or skin that tingles. It can come from a nerve in the back.
    .name = tell about shooting pain
    .caution = Numb between the legs, a weak leg, or cannot pee: call your emergency number.

step-never_quinine_or_herbs = No quinine, no kelp, and no herb mix without a label. They can harm.
    .name = no quinine or herbs
