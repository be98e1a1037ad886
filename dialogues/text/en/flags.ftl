# Red flags and the rules for a visit. Name: as it stands under Why. .ask: what to ask for on the phone.
# .meanwhile: what to do until help is there. .answer: a whole fixed answer.

flag-R01 = a clot in the lung, or trouble with the heart
    .ask = It may be a clot.
    .meanwhile = Sit up. Keep still. Do not rub your legs.
flag-R02 = trouble with the heart or a great blood vessel
    .ask = It may be my heart.
    .meanwhile = Sit up. Keep still.
flag-R03 = a faint, a fit, or very ill
    .ask = Please send help now.
    .meanwhile = Lie on your side. Do not be alone.
flag-R04 = heavy bleeding
    .ask = Please send help now. The bleeding is heavy.
    .meanwhile = Lie down on a side. Keep your pads to show.
flag-R05 = a belly that needs help at once
    .ask = Please send help now.
    .meanwhile = Lie on your side. Do not eat or drink.
flag-R06 = a birth that has begun
    .ask = The birth may be now.
    .meanwhile = Lie on your side. Do not sit on the toilet. Keep warm.
flag-R07 = a pregnancy outside the womb
    .ask = It may be a pregnancy outside the womb. I need a check now.
    .meanwhile = Lie down. Do not eat or drink.
flag-E5 = pain low on one side, early on
    .ask = I need a check today. It may be a pregnancy outside the womb.
    .meanwhile = Do not be alone, if you can. Any blood, a faint, or pain at the shoulder tip: call your emergency number.
flag-R08 = nerves at the end of the spine under pressure
    .ask = It may be the nerves of my spine.
    .meanwhile = Keep still. Do not drive.
flag-R09 = trouble after an epidural
    .ask = It may come from my epidural. I need a check now.
    .meanwhile = Lie as it hurts least. Keep still.
flag-R10 = an infection in the blood
    .ask = It may be sepsis.
    .meanwhile = Lie down. Keep warm. Do not be alone.
flag-R11 = a leg without blood flow
    .ask = My leg may get no blood.
    .meanwhile = Keep the leg still and low. Do not rub or heat it.
flag-R12 = heavy bleeding after a birth or a loss
    .ask = Please send help now. The bleeding is heavy.
    .meanwhile = Lie down. Keep your pads to show.
flag-R13 = thoughts of harm
    .ask = Please stay with me, and help me tonight.
    .meanwhile = Do not be alone. Wake someone you trust.
    .answer =
        Thank you for telling me. You do not have to carry this alone tonight.
        Might you act on it? Call { $number } now, or go to an emergency department.
        Wake someone you trust. Say: "I have scary thoughts. Please stay with me."
        { $loss ->
            [yes] Move away from pills and blades.
           *[no] Put the baby down in a safe place, if one is with you. Move away from pills and blades.
        }
        You can call a crisis line too. Your midwife or doctor has heard this before. It can be treated, and you are not bad.
flag-R14 = { $loss ->
    [yes] a faint, a fit, or very ill
   *[no] you or the baby very ill
 }
    .ask = Please send help now.
    .meanwhile = Do not be alone.

flag-R20 = a clot in the leg
    .ask = I need a check for a clot today.
    .meanwhile = Rest the leg. Do not rub it or heat it.
flag-R21 = a clot high in the leg
    .ask = I need a check for a clot today.
    .meanwhile = Rest the leg. Do not rub it or heat it.
flag-R22 = a kidney infection
    .ask = I need a check for a kidney infection.
    .meanwhile = Rest. Take small sips. Keep some pee to show, if you can.
flag-R23 = a fever that needs a cause
    .ask = I need someone to find the cause of the fever.
    .meanwhile = Rest. Take small sips. Take light covers.
flag-R24 = bleeding, a leak or waves that need a check
    .ask = I need a check now.
    .meanwhile = Lie on your side. Keep a pad to show.
flag-R24-timing = waves, or not
    .ask = Can you help me tell if these are waves?
    .meanwhile = Lie on your side for half an hour, a hand on your belly. Even gaps, or pain that grows: phone your unit and go in.
flag-E3 = waves of pain
    .ask = I need a check of these waves of pain now.
    .meanwhile = Lie on your side, or move as it helps. Keep a pad to show.
flag-R25 = bleeding in pregnancy
    .ask = I need a check for the bleeding.
    .meanwhile = Lie on your side. Keep your pads to show. One soaked in an hour: call your emergency number.
flag-R25-leak = bleeding or a leak late in pregnancy
    .ask = I need a check for blood or a leak.
    .meanwhile = Lie on your side. Keep a pad to show. One soaked in an hour: call your emergency number.
flag-R26 = a baby that moves less
    .ask = I need my baby checked now.
    .meanwhile = Do not wait for it to move. Go as you are.
flag-R27 = high blood pressure of pregnancy
    .ask = I need my blood pressure and my pee checked now.
    .meanwhile = Rest on your side, in low light. Do not drive yourself.
flag-R27-belly = bad belly or rib pain in pregnancy
    .ask = I need my belly, my blood pressure and my pee checked now.
    .meanwhile = Rest on your side. Do not eat. Do not drive yourself.
flag-R28 = an infection of the womb
    .ask = I need a check for an infection.
    .meanwhile = Rest. Take small sips. A racing heart, or very ill: call your emergency number.
flag-R29 = an infection at the epidural spot
    .ask = I need my epidural spot checked now.
    .meanwhile = Do not press it or heat it.
flag-R30 = a headache after an epidural
    .ask = I need a check of my headache. It may come from an epidural.
    .meanwhile = Lie flat, if that helps.
flag-R31 = an infection of the spine
    .ask = I need a check for an infection of the spine.
    .meanwhile = Lie as it hurts least. No heat on the back.
flag-R32 = a belly that needs a check
    .ask = I need my belly checked now.
    .meanwhile = Do not eat. No heat on the belly.
flag-R33 = a kidney stone, or waves of birth
    .ask = I need a check of these waves of pain.
    .meanwhile = Move as it helps. Take small sips.
flag-R34 = trouble of the liver
    .ask = I need a check of my liver.
    .meanwhile = Rest. Take small sips.
flag-R35 = muscle damage
    .ask = I need a blood test for my muscles.
    .meanwhile = Rest. Do not work the muscles hard. Keep some pee to show, if you can.
flag-R36 = water and salts that ran low
    .ask = I need a check of my water and salts.
    .meanwhile = Rest. Take small sips.
flag-R37 = low calcium in the blood
    .ask = I need a blood test for calcium.
    .meanwhile = Sit or lie down. Do not drive.
flag-R38 = a fall or a blow
    .ask = I need a check after a fall or a blow.
    .meanwhile = Lie on your side. Did someone do this? You can tell the midwife when you are alone. I will not send you a message about it.
flag-R39 = not safe at home
    .ask = I am not safe at home. Can we talk alone?
    .meanwhile = If you can, go where someone is with you.
    .answer =
        I am sorry this happens to you. It is not your fault.
        In danger now? Call { $number }. If you cannot speak, stay on the line.
        Hurt? Phone your maternity unit now, day or night, and go in. Say: "I need to talk alone."
        Not hurt? A midwife, a doctor or a helpline for women can help, also at night. You can ask first who else will hear of it.
        I will not send you a message about this. You can delete this chat.
flag-R40 = a birth that begins
    .ask = The birth may begin. I want to come in.
    .meanwhile = Lie on your side, or move as it helps. Keep a pad to show.
flag-E16 = bleeding that gets heavier again
    .ask = My bleeding gets heavier. I need a check.
    .meanwhile = Rest. Keep your pads to show. One soaked in an hour: call your emergency number.

flag-R50 = a bladder infection
    .ask = I think I need a pee test.
    .meanwhile = Drink when you are thirsty. A racing heart, or very ill: call your emergency number.
flag-R51 = a liver trouble with itch
    .ask = I think I need a blood test for my liver.
    .meanwhile = A cool cloth may ease the itch.
flag-R52 = a clot in a vein near the skin
    .ask = I need someone to look at my leg today.
    .meanwhile = Rest the leg. Do not rub it or heat it.
flag-R53 = a nerve to the leg
    .ask = I need someone to check the nerves of my leg.
    .meanwhile = Hold on when you stand. If it gets weaker, you are numb below, or you cannot pee: call your emergency number.
flag-R54 = a broken bone of the spine
    .ask = I need someone to look at my spine today.
    .meanwhile = Do not bend or lift. Numb between the legs, weak legs, or cannot pee: call your emergency number.
flag-E7 = a fall, or a bone of the spine
    .ask = I need a check after a fall, or of my spine.
    .meanwhile = Lie on your side. Did someone do this? You can tell the midwife when you are alone. I will not send you a message about it.
flag-R55 = back pain that never lets up
    .ask = My back needs a check today.
    .meanwhile = Lie as it hurts least. A fever, blood, waves or a weak leg: phone your unit at once.
flag-R56 = bleeding early in pregnancy
    .ask = I need the early pregnancy unit.
    .meanwhile = Keep your pads to show. A faint, a soaked pad, belly pain on one side, or pain at the shoulder tip: call your emergency number.
flag-R57 = a leg that cannot bear weight
    .ask = I cannot stand on my leg. I need someone to look at it.
    .meanwhile = Rest the leg. Do not walk alone.
flag-R58 = a medicine that brings cramps
    .ask = Can my pills cause this? Do I need a blood test?
    .meanwhile = Do not stop your pills before you ask. Keep the packet at hand.
flag-R59 = a red epidural spot
    .ask = I need someone to look at the spot today.
    .meanwhile = Do not press it or heat it.
flag-R60 = back pain with an illness behind it
    .ask = Because of that, my back needs a check.
    .meanwhile = Take your temperature. A fever: phone your unit at once.
flag-R61 = pain under the ribs
    .ask = I need someone to look at my belly.
    .meanwhile = Eat little. No heat on the belly.
flag-E15 = a wound that does not heal
    .ask = I need someone to look at my wound today.
    .meanwhile = Keep it dry and clean. No heat on it.
flag-E17 = low mood
    .ask = I feel low. I need to talk to someone today.
    .meanwhile = Do not be alone tonight, if you can. If thoughts of harm come, call your emergency number.

# The least level of "something feels wrong" is a rule too.
flag-E14 = a feeling that something is wrong
    .ask = I need someone to look at me today.
    .meanwhile = Rest. Do not be alone, if you can.

flag-N1 = restless legs
    .ask = Can I get an iron test?
flag-N2 = cramps nearly every night
    .ask = What can I do about cramps every night?
flag-N3 = joints of the spine that are inflamed
    .ask = Can I get a test for inflamed joints?
flag-N4 = back pain for more than six weeks
    .ask = Can a physiotherapist see me?
