# Back pain in pregnancy, and after a birth or a loss: screens, buttons, causes, steps, safety nets.

topic-back_pain_in_pregnancy = Back pain
    .say = My back hurts.
    .tips = Back pain in pregnancy
    .uncertain = I cannot examine you, so I may be wrong.
    .watch =
        Watch for: fever, side pain, or pee that burns. Blood, a leak, pressure, or pain in waves. Also less movement, from 20 weeks.
        A bad headache, odd sight, itchy palms or a fall. One leg bigger, a weak foot, or pain that grows each day.
    .how_long = Back pain often comes and goes for weeks. A bad night should ease in a few days.
    .help =
        If you see one of these, phone your maternity unit now, day or night.
        Your emergency number: chest pain, hard to breathe, or heavy bleeding. Also numb between the legs, a belly hard as wood, or a need to push. Also a cold, white or blue leg.

topic-back_pain_after_birth = Back pain
    .say = My back hurts.
    .tips = Back pain after a birth or a loss
    .uncertain = I cannot examine you, so I may be wrong.
    .watch =
        Watch for: fever, side pain, pee that burns, a bad smell, or more bleeding. A bad headache, or a sore epidural spot or wound.
        Also one leg bigger, a weak foot, night sweats, sudden bad pain, or pain that grows each day.
    .how_long = It should ease week by week. Still there six weeks after? Book a visit.
    .help = { $loss ->
        [yes]
            If you see one of these, phone your maternity unit now, day or night.
            Your emergency number: chest pain, hard to breathe, or heavy bleeding. Also numb between the legs, weak legs, a cold, white or blue leg, or very bad belly pain.
       *[no]
            If you see one of these, phone your maternity unit now, day or night.
            Your emergency number: chest pain, hard to breathe, or heavy bleeding. Also numb between the legs, weak legs, or a cold, white or blue leg. Also a baby who is floppy, blue, hot or not feeding.
     }

## Belly

screen-belly = Is any of this true? Tick all that fit, then Done.
    .why = Labour, a bleed and high blood pressure can all start as back pain. So I ask for them first.

screen-belly_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-bleeds_like_a_period = Bleeding like a period
    .line = Bleeding: more than a smear, like a period.
    .check = Bleeding: put on a dry pad and look in ten minutes.

choice-waters_or_a_leak = Waters or a leak
    .line = Leak: a gush or a trickle of water from below.
    .check = Leak: put on a dry pad and look in ten minutes.

choice-one_sided_belly = Low belly pain, one side
    .line = Low belly: it stays on one side, or on the right.
    .check = Low belly: press each side. Does one side hurt more?

choice-rib_pain = Pain under ribs in front
    .line = Ribs: in front, and more than heartburn.
    .check = Ribs: press there. Is it bad, or more than heartburn?

choice-yellow_eyes = Yellow eyes or skin
    .line = Yellow: the white of the eyes, or the skin.
    .check = Yellow: look at the white of your eyes in the light.

choice-bleed_leak_pressure = Bleed, leak or pressure
    .line = Blood: even a smear. Leak: water from below. Pressure: new and heavy. Also a plug of mucus.
    .check = Blood: wipe and look. Leak: put on a dry pad and look in ten minutes. Pressure: is it new and heavy?

choice-bleed_or_leak = Bleeding or leaking
    .line = Blood: any. Leak: water from below.
    .check = Blood: wipe and look. Leak: put on a dry pad and look in ten minutes.

choice-blood_leak_or_smell = Blood, leak or bad smell
    .line = Blood: any in pregnancy, or more than before. Leak: water. Smell: bad. Pressure: new and heavy.
    .check = Blood and smell: look at your pad. Leak: put on a dry one and look in ten minutes. Pressure: is it new?

choice-fall_or_blow = Fall or blow
    .line = Fall: or a crash or a blow.
    .check = Fall: did your belly or back get hit, even a bit?

choice-head_eyes = Headache, sight, swollen
    .line = Headache: bad, and it stays. Sight: spots or blur. Swollen: face or hands, and fast.
    .check = Sight: cover one eye, then the other. Spots or blur? Swollen: are your rings tight since today?

choice-bad_belly_or_rib = Bad belly or rib pain
    .line = Belly or ribs: bad pain, also low on one side, and more than heartburn. Or yellow eyes.
    .check = Belly: press it. Is it bad, or more than heartburn?

choice-itchy_from_20_weeks = Itchy palms or soles
    .line = Itchy: with no rash.
    .check = Itch: is it the palms or the soles? Is there a rash?

choice-fall_or_sudden = Fall or sudden bad pain
    .line = Fall: or a crash or a blow. Sudden pain: from a bend, lift or cough, and very bad, on one bone, or you stoop.
    .check = Fall: did your belly or back get hit? Sudden: press along the spine. Is one bone very sore?

choice-epidural_spot = Epidural spot sore, red
    .line = Epidural: or a spinal. The spot is sore, red or oozing.
    .check = Spot: ask someone to look, or use your phone. Is it red or wet?

## Waves

screen-waves =
    How does the pain come?
    Waves: it builds, fades, and comes again. In the back, the belly, or from side to groin.
    Always there: no way to lie or move helps.
    Eases: a turn or a walk makes it better.
    .why = Labour can be felt in the back only. So this question stands alone.

choice-waves_again_and_again = Waves, again and again
choice-always_there = Always there, no let-up
    .line = { $phase ->
        [after_birth] Always there: no way to lie or move helps.
       *[pregnant] { "" }
     }
    .check = { $phase ->
        [after_birth] Always there: turn over, then sit up. Does nothing help at all?
       *[pregnant] { "" }
     }
choice-eases_when_i_move = Eases when I move
choice-on_and_off = On and off, no pattern

## The rest of the body

screen-body = And the rest of your body? Tick all that fit, then Done.
    .why = The kidney, a clot and a nerve can all hurt in the back. And I leave out steps that are not safe for you.

screen-body_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-side_pain = Pain in side, under ribs
    .line = Side: at the back, under the ribs.
    .check = Side: tap your back with a fist, under the ribs. Does one side hurt?

choice-bad_pee = Pee burns or looks odd
    .line = Pee: burns, or is cloudy, smelly or pink.
    .check = Pee: does it burn? Look at the colour.

choice-leg_swollen_or_hot = One leg swollen or hot
    .line = Leg: one is swollen, hot or red, or has a hard sore cord. Or a calf, thigh or groin hurts all the time, or when pressed.
    .check = Legs: look at both in the light. Is one bigger or redder? Do not rub it.

choice-cancer_or_weight_loss = Past cancer, weight loss
    .line = Past cancer: also pills that weaken your defences. Weight loss: without trying.
    .check = Weight: are your clothes loose, without trying? Medicine: read the packet.

## The one follow-up

choice-soaking_night_sweats = Soaking night sweats
    .line = Sweats: so wet at night that you change your clothes.

choice-spot_red_not_worse = Spot red, not worse
    .line = Red spot: a little red, and not more sore than before.

choice-itchy_stage_unknown = Itchy palms or soles
    .line = Itchy: with no rash.

## What fits: causes

screen-back_causes = Last one. What fits? This helps me pick tips. Tick any, or skip.
    .why = Nothing here is a danger sign. It only helps me pick the tips that fit you.

choice-turning_or_stairs = Turning or stairs hurt

choice-soft_bed = { $topic ->
    [back_pain_after_birth] Soft bed or sofa
   *[back_pain_in_pregnancy] Soft or old mattress
 }

choice-wakes_on_back = I wake on my back

choice-long_day_or_lifting = Long day or lifting
    .line = Long day: on your feet, in a chair, or lifting.

choice-early_then_stiff = Early waking, then stiff
    .line = Stiff: for over 30 minutes after you get up.

screen-back_fit = Does any of this fit? Then I can leave out what is not for you. Tick all that fit, then Done.
    .why = Some steps are not safe for all. Your answers take those away. They never make the advice less urgent.

choice-outer_thigh_burns = Outer thigh burns
    .line = Thigh: a patch of skin that burns or feels numb.

choice-pubic_bone_hurts = Pubic bone hurts
    .line = Pubic bone: in front, where the legs meet.

choice-old_back_trouble = Old back trouble

choice-high_heels = High heels

## After a birth: lists

screen-birth_signs = Is any of this true? Tick all that fit, then Done.
    .why = An infection, a clot or an epidural can hurt in the back. These signs show which.

screen-birth_signs_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-bad_smell = Bad-smelling discharge
    .line = Smell: what comes from below smells bad.
    .check = Smell: look at your pad. Is the smell new?

choice-low_on_the_right = Pain low on the right
    .line = { $loss ->
        [yes] Low right: in the belly.
       *[no] Low right: in the belly, not the cramps of feeding.
     }
    .check = Low right: press there, then let go. Does it hurt more?

choice-being_sick = Being sick
    .line = Sick: you throw up with this pain.
    .check = Sick: did you throw up since the pain began?

screen-birth_body = A few more. Tick all that fit, then Done.
    .why = The kidney, a nerve, a bone or an infection can hurt in the back. And I leave out steps that are not safe for you.

screen-birth_body_check = That is fine. Let us look again. Tick what might be true, then Done.

choice-sudden_and_severe = Sudden and severe
    .line = Sudden: very bad, from a bend, lift or cough. Or one bone is very sore, or you stoop.
    .check = Sudden: press along the spine. Is one bone very sore? Do you stoop?

screen-birth_causes = Last one. What fits? This helps me pick tips. Tick any, or skip.
    .why = Nothing here is a danger sign. It only helps me pick the tips that fit you.

choice-gone_once_up = Gone once I am up

choice-feeding_or_lifting = { $loss ->
    [yes] Bending or lifting
   *[no] Feeding or lifting
 }
    .line = { $loss ->
        [yes] Lifting: with straight legs.
       *[no] Feeding: bent over. Lifting: with straight legs.
     }

screen-birth_fit = Does any of this fit? Then I can leave out what is not for you. Tick all that fit, then Done.
    .why = Some steps are not safe for all. Your answers take those away. They never make the advice less urgent.

choice-doming_or_dragging = Belly domes, or it drags
    .line = Domes: a ridge down the belly when you sit up. Drags: a heavy feeling down below.

choice-told_of_a_slip = Told of a spine slip
    .line = Slip: a doctor told you so after a scan.

choice-tailbone_sore = Tailbone sore

choice-cramps_while_feeding = Cramps while feeding
    .line = Cramps: in the belly, while you feed.

choice-back_at_the_gym = Back at the gym
    .line = Gym: or other hard exercise.

## Causes, as they follow "Most like:"

cause-posture_and_load = a back tired from the load it carries
cause-pelvic_girdle_pain_ligament = sore joints of the pelvis
cause-pelvic_girdle_pain = sore joints of the pelvis
cause-soft_mattress = a bed that is too soft
cause-unsupportive_mattress = a bed or sofa that is too soft
cause-back_sleeping = lying on the back
cause-inflammatory_back_pain = stiff joints of the spine
cause-muscle_lifting_feeding = { $loss ->
    [yes] muscles tired from bending and lifting
   *[no] muscles tired from feeding and lifting
 }
cause-spondylolisthesis = the slip in the spine that you were told of
cause-epidural_site_bruise = a bruise from the epidural
cause-tailbone = a sore tailbone
cause-after_pains = a womb that shrinks back while you feed
cause-training_load = too much exercise too soon

## Steps in pregnancy

step-settle_on_a_side = Lie down on either side, knees bent. Put pillows between the knees and under the bump, and a rolled towel in the waist. Swap sides.
    .name = on either side

step-lie_with_pillows_early = Lie any way that eases it. On a side, a pillow between the knees helps.
    .name = a pillow between the knees

step-turn_without_twist = To turn over: knees together, squeeze, and roll shoulders and hips as one.
    .name = turn as one

step-get_up_by_the_side = To get up: roll to a side, legs off the edge, push up with your arms. Sit 10 seconds, then stand.
    .name = get up by the side

step-woke_on_back = Woke on your back? Roll over to a side and sleep on. How you go to sleep counts most.
    .name = roll over

step-all_fours_round = On hands and knees, back flat: tuck in and round it slowly. Hold for a few breaths, then back to flat. 10 slow times.
    .name = round the back
    .caution = Do not let the back sag. Not with sore wrists.

step-lift_and_sit = In the day: bend your knees to lift, and keep the load close. Sit with your back held. Change every hour.
    .name = lift and sit well

step-medium_firm_bed = Bed: if it sags, try a medium-firm topper. Sources disagree: some still say firm. Try before you buy.
    .name = a bed that holds

step-regular_exercise = Walk, swim or do a class for pregnancy on most days, as it suits you. It keeps backs stronger.
    .name = regular exercise
    .caution = Stop with pain, blood, a leak, or if you feel faint.

step-warm_pack = A warm pack in a cloth, on the low back only, for 10 to 15 minutes. Stay awake.
    .name = warm pack
    .caution = Not on the belly. No hot tub or sauna.

step-soft_pelvic_support = A soft pelvic support can help some: low round the hips, an hour or two in the day.
    .name = pelvic support
    .caution = Off at night, and off if it hurts or makes breathing hard.

step-stand_and_dress_seated = Sore pelvis: sit to dress. Take one stair at a time. Keep your knees together when you get in or out of a car.
    .name = sit to dress

step-helper_strokes_back = A helper can stroke your low back lightly while you lie on a side.
    .name = light strokes
    .caution = Not the belly, not the legs, and only while it feels good.

step-low_shoes = Wear low shoes that hold the foot. Leave high heels for now.
    .name = low shoes

step-leave_out_on_your_back = Leave out for now: work-outs flat on your back, and heavy lifting. Do not hold your breath.
    .name = what to leave out

step-ask_physiotherapist = Ask your midwife about a physiotherapist. Needles by a trained person help some women too.
    .name = physiotherapist

step-ask_before_pain_tablets = Ask a pharmacist or midwife which pain tablet is safe for you. Sources disagree on some, so ask before you buy.
    No tablets, gels or patches against swelling in pregnancy, unless a doctor told you to. They can harm the baby, most of all from 20 weeks.
    .name = ask before tablets
    .caution = Fever? Phone first. Do not cover it with a tablet.

step-machine_for_pain = A nerve machine for pain is not for use on your own in pregnancy. Ask a physiotherapist first. Never on the belly.
    .name = no machine on your own

## Steps after a birth or a loss

step-lie_on_a_side_propped = { $loss ->
    [yes] Lie on a side with a pillow between your knees, or sit with your back held by pillows.
   *[no] Lie on a side with a pillow between your knees. Or sit well propped to feed, with a pillow under the baby.
 }
    .name = propped on a side

step-roll_and_push_up = To get up: roll to a side, knees together. Legs off the edge, push up with your arms.
    .name = roll and push up

step-raise_what_you_feed = { $loss ->
    [yes] Change your place often. Lean back, and let pillows hold your arms.
   *[no] Feed with your back held. Raise the baby to you with pillows, do not bend down to it.
 }
    .name = back held

step-bend_knees_hold_close = { $loss ->
    [yes] Bend your knees to lift, and keep the load close.
   *[no] Bend your knees to lift. Keep the baby or the car seat close.
 }
    .name = bend your knees

step-medium_firm_bed_after = Bed: if it sags, try a medium-firm topper. Sources disagree: some still say firm. Try before you buy.
    .name = a bed that holds

step-no_sleep_on_sofa = { $loss ->
    [yes] Sleep in a bed, not on a sofa or in a chair. They bend the back.
   *[no] Do not fall asleep with the baby on a sofa or in a chair, even to rest your back.
 }
    .name = no sleep on a sofa

step-short_walks_first_weeks = Walk 5 to 10 minutes, two or three times a day.
    .name = short walks
    .caution = Slower with a wound that hurts. Stop if you bleed more.

step-nothing_heavier = { $loss ->
    [yes] Lift nothing heavy in the first two weeks.
   *[no] Lift nothing heavier than the baby in the first two weeks.
 }
    .name = nothing heavy

step-pelvic_floor_squeezes = When it feels fine: squeeze as if to hold in pee, a few seconds, then let go. 8 times, three times a day.
    .name = pelvic floor
    .caution = Not if it hurts.

step-pelvic_tilts = On your back or on all fours: breathe out, draw the low belly in, and tilt the pelvis. Then roll the knees from side to side. 8 to 10 slow times, once or twice a day.
    .name = pelvic tilts
    .caution = Stop with pain, more bleeding, dragging, or a belly that domes.

step-bridge_and_bird_dog = Bridge: lie with feet flat, lift the hips, hold 5 seconds. Bird-dog: on all fours, stretch one arm and the other leg, hold 5 seconds.
    2 rounds of 8, on 3 to 5 days a week. Add slowly.
    .name = bridge and bird-dog
    .caution = Stop with pain, more bleeding, dragging, or a belly that domes.

step-build_up_strength = Build up: slow squats, bending from the hips with a flat back, and carrying a light load. 2 or 3 days a week.
    .name = build up
    .caution = Very sore the next day? Do less.

step-warm_pack_after = A warm pack in a cloth, on the low back, for 10 to 15 minutes. Stay awake.
    .name = warm pack
    .caution = Not on a wound, or on a red or sore epidural spot.

step-cushion_for_tailbone = Tailbone: lean forward a little when you sit, on a cushion with a gap at the back.
    .name = cushion with a gap

step-after_pains_ease = Belly pains while you feed: pee before you feed, and breathe slowly. They fade in some days.
    .name = pains while feeding
    .caution = More bleeding, a bad smell, or a fever: phone your unit now.

step-ease_off_training = Go back to what did not hurt, for two weeks. Then add a little each week.
    .name = train less

step-physiotherapist_first = With a slip in the spine: see a physiotherapist before you exercise. Do not arch your back.
    .name = physiotherapist first
    .caution = Numb between the legs, weak legs, or cannot pee: call your emergency number.

step-epidural_spot_fades = A sore epidural spot should fade day by day. Do not press it or warm it.
    .name = the epidural spot
    .caution = More sore each day, wet, red, or a fever: phone your unit now.

step-visit_after_six_weeks = Still sore six weeks after? Book a visit with your doctor, or a physiotherapist for the pelvis.
    .name = a visit
step-ask_about_stiff_joints = Waking early and stiff for long, for months? Ask your doctor about inflamed joints of the spine. There are tests for it.
    .name = ask about stiff joints

step-ask_before_pain_tablets_after = { $loss ->
    [yes] Ask a pharmacist which pain tablet or gel is safe for you. Tell them of asthma, a sore stomach, kidney trouble, or high blood pressure.
   *[no] Ask a pharmacist which pain tablet or gel is safe for you. Tell them if you breastfeed. Also of asthma, a sore stomach, kidney trouble, or high blood pressure. No gel on the breast, or where the baby's skin touches.
 }
    .name = ask before tablets
    .caution = Fever? Phone first. Do not cover it with a tablet.
