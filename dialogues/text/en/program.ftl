# Buttons, commands, notices: what the program says around the questions.

button-none = None of these
button-none_checked = None, I checked
button-done = Done
button-not_sure = Not sure
button-still_not_sure = Still not sure
button-skip = Skip
button-back = Back
button-why_ask = Why do you ask?
button-start_again = Start again
button-why = Why?
button-more_steps = More steps
button-show_again = Show my answer
button-something_else = Something else too
button-tips = Tips to read
button-for_her = I am typing for her
button-for_herself = I am typing for myself
button-hide = Hide this
button-forget_yes = Yes, forget all
button-forget_no = No, keep it
button-pregnancy_ended = My pregnancy ended
button-copy_number = Copy { $number }
button-private_chat = Open a private chat

ticked = Ticked: { $list }

## Commands

command-start = Begin: what woke you?
command-help = How to use this
command-tips = Tips to read, no questions
command-tips_legs = Tips for leg and foot pain
command-tips_back = Tips for back pain, pregnant
command-tips_after_birth = Tips for back pain after
command-urgent = Danger signs and who to call
command-back = One step back
command-restart = Start again
command-why = Why this answer?
command-cancel = Stop here
command-privacy = What is kept
command-forget = Delete what is kept
command-about = What this is

profile-description =
    Woken by back pain, a leg cramp, or leg or foot pain? Pregnant, or six months after? Tap what fits.
    You get what to do now, how urgent it is, who to call, and steps that are safe for you.
    A leaflet with questions. It does not diagnose and does not replace a midwife. No person reads it at night.
    In danger now? Call your emergency number.
profile-short = Back pain, leg cramps or leg pain at night, pregnant or after. A leaflet with questions, not a midwife.

help =
    Tap a button, or write in your own words. I am a leaflet with questions. I do not diagnose, and no person reads this at night.
    /start what woke you
    /urgent danger signs, who to call
    /tips tips to read
    /tips_legs legs and feet
    /tips_back back pain, pregnant
    /tips_after_birth back pain after a birth or a loss
    /back one step back
    /restart start again
    /why why this answer
    /cancel stop here
    /privacy what is kept
    /forget delete it
    /about what this is
    If I do not answer, phone your maternity unit. In danger: your emergency number.

tips =
    Tips to read. First, when to call.
    Your emergency number: chest pain, hard to breathe, a faint, a fit, heavy bleeding, or thoughts of harm.
    Also numb between the legs, or a leg that is cold, white or blue.
    Your maternity unit, now, day or night: one leg bigger, hot, red, or sore all the time.
    { $loss ->
        [yes] Also a fever, a bad headache, a bad smell, or more bleeding.
       *[no] Also a fever, a bad headache, blood, a leak, waves of pain, or less movement in the womb.
    }
    Not sure? Tap /start, and I ask you step by step.

tips-more = All of it: /{ $command }

urgent =
    Call { $number } now.
    For chest pain, hard to breathe, a faint, a fit, or blood that soaks a pad.
    { $loss ->
        [yes] For very bad belly pain, numb between the legs, or weak legs.
       *[no] For very bad belly pain, a need to push, numb between the legs, or weak legs.
    }
    For thoughts of harm, or a leg that is cold, white or blue.
    Phone your maternity unit now, day or night.
    For one leg bigger, hot or sore all the time, a fever, a bad headache, or spots in your sight.
    { $loss ->
        [yes] For more bleeding, a bad smell, or waves of pain.
       *[no] For any blood or leak in pregnancy, waves of pain, or less movement. For more bleeding, or a bad smell, after a birth or a loss.
    }
    No answer? Go to the nearest hospital.

privacy =
    What is kept: the buttons you tapped, for 24 hours, so that you can go on. Your country too, if you picked one. It is encrypted.
    What you type is not kept. A few words of it stay while I show them to you. The number of each message is kept for 48 hours, so that none is handled twice.
    No name, no phone number. I never look up where you are.
    Chats with bots are not end-to-end encrypted. Telegram, and whoever runs this bot, can read them.
    To delete what is kept, tap /forget. You can also delete this chat.

about =
    NightEase gives general information on pain at night in the back, legs and feet, in pregnancy and after birth. It also names signs that mean someone should be called.
    It does not diagnose, does not choose treatment, and does not replace a midwife. No one watches it at night.
    It is written from public leaflets and guidelines. No midwife or doctor has signed it yet.
    Version { $version }, text { $digest }.

# Takes the place of a message that nobody else should read. Without a word about her.
hidden = Tips for tired legs and backs: /tips

cancel = Stopped. Your answers are deleted. Tap /start when you need me. In danger: call your emergency number.

forget-ask = Shall I delete all that is kept about this chat? It cannot be undone.
forget-done = Done. Nothing about this chat is kept now. You can start again at any time.
forget-kept = Nothing was deleted. It goes by itself after 24 hours.

back-nothing = There is nothing to go back to. Here is where we are.
unknown_command = I do not know this command. /help shows what I know. In danger: call your emergency number.

## Notices above the present screen

notice-text = I found no sign that I know in that. Please tap a button, or say it in other words. Urgent? Tap /urgent, or call { $number }.
notice-old_button = That button is from an older message. Here is where we are.
notice-picture = I cannot look at pictures. Please tap a button. Urgent? Tap /urgent.
notice-voice = I cannot listen to voice messages. Please tap a button. Urgent? Tap /urgent.
notice-sticker = I cannot read stickers. Please tap a button. Urgent? Tap /urgent.
notice-other = I cannot read this kind of message. Please tap a button. Urgent? Tap /urgent.
notice-away = I was away and am back. I am sorry. If you feel worse, phone your maternity unit now. In danger: call { $number }.
notice-expired = Your last answers are no longer kept. Let us start again.

# For groups and channels: no word about health.
group = I only work in a private chat. Tap here to open one.

apology =
    Something went wrong on my side. I am sorry. Please try once more, or tap /start.
    If you feel very ill, do not wait for me: call { $number } now.

# To one who writes faster than messages can be sent. Said once.
flood =
    You sent many messages. I cannot answer each one, but none is lost. Please tap a button on my last question, or tap /start.
    If you feel very ill, do not wait for me: call { $number } now.

## What she types: what was read, doubts, lines above the present screen

heard = I read this in your words. Is it right?
heard-item = { $place } “{ $words }”: { $means }
heard-not_sure = not sure about { $means }
heard-stage_again = { $means } I will ask which it is.
heard-denied = You also wrote no: { $list }. I still ask that, to be safe.
heard-topic = Then we go on with: { $topic }.
heard-lost = Your pregnancy has ended. I am so sorry.
heard-corrects = You changed your message. Now I read this in it. Shall it count in place of the old one?
heard-corrects_nothing = You changed your message. I find no sign in it now. Shall I take the old one out?
button-right = That is right
button-leave_out = Leave out { $place }
button-none_of_it = None of it
button-keep = Keep it as it was
button-take_out = Take it out
button-not_meant = That is not what I meant
button-worse = Check for worse signs
button-yes = Yes
button-no = No

doubt =
    You wrote: “{ $words }”.
    Is this true now: { $means }?
doubt-emergency = If yes, call { $number } now. Do not wait for me.
doubt-go_now = If yes, phone your maternity unit now, day or night. If you get worse, call { $number }.

quote = “{ $words }”
told_no = You said no: { $list }. If that still holds, leave it. Here I count only what you tap.
    .short = You said no: { $list }.

# Short replies, each ended by a full stop: ways to type yes, no and not sure. They are read, and not said.
typed-words_yes = yes. y. yeah. yep. yh. yup. yes i do. yes it is. yes please. ok. okay. correct. right. that is right. thats right. it is. true.
typed-words_no = no. n. nope. nah. none. no none. nothing. neither. none of them. none of those. none of these. no to all. not at all. i dont. no i dont.
typed-words_not_sure = not sure. unsure. im not sure. i am not sure. not really sure. dont know. do not know. i dont know. i do not know. idk. dunno. maybe. perhaps. no idea.
typed-words_help = help. help me. please help. please help me. i need help. sos.

typed-no = I take a no by button only, so that I never get one wrong. Please read the lines, then tap.
typed-which = Which one? Please tap it.
typed-leave_out = Tap what I should leave out, or None of it.

words-read = I read in your words: { $list }.
words-topic = So: { $topic }.
words-stage = You wrote { $words }. I take it as: { $means }. Not right? Tap Back.
words-denied = You wrote no: { $list }. I still ask it where it matters, to be safe.
words-none_of_it = All right. None of it counts.
words-kept = All right. It stays as it was.
words-same = I read the same in it as before. It stays.
words-known = I have that already. Please go on here.
words-noted = I have noted that. Now tap what fits.
words-no_change = What you wrote does not change this. Please make the call.
words-not_meant = All right, I take that back. If it is true after all, do not wait for me: call { $number }.
words-other_person = That is about somebody else, so I do not count it as yours.
words-question = I cannot answer typed questions. What is urgent: /urgent. What helps: /tips. Is it so with you now? Then write it as a fact.
words-for_her = You are typing for her, so "you" means her.
words-other_stage = You told me other weeks before. To change them, tap Back or Start again.
words-truncated = That was very long. I read only the first part. The worst sign first, please.
words-elsewhere = That is not one of the pains I know. A midwife, a doctor or a pharmacist can tell.
words-later = To go there, tap Something else too under your answer.

route-reduced_movements = { $loss ->
    [yes] I ask about other signs under Something feels wrong.
   *[no] A baby that moves less: phone your maternity unit now, day or night. I ask about it under Something feels wrong.
 }
route-bleeding = You wrote of bleeding. I ask about it under Something feels wrong.
route-headache = You wrote of your head. I ask about it under Something feels wrong.
route-itching = You wrote of an itch. I ask about it under Something feels wrong.
route-mood = You wrote of how you feel. I ask about it under Something feels wrong.
route-medicines = I give no advice on medicines. A pharmacist, a midwife or a doctor can. Took too much? Call { $number } now.
route-baby = { $loss ->
    [yes] I can help with your own body. For all else, phone your maternity unit.
   *[no] I know your pain, not the baby's. A baby floppy, blue, hot or not feeding: call { $number } now. Else phone the baby's doctor.
 }
route-not_pregnant = I am made for pregnancy, and for six months after a birth or a loss. For others, a pharmacist or a doctor can help.

why-heard = I show what I read before I use it, so that nothing is misread. Words, and the rule that read them:
why-words = “{ $words }” (rule { $rule })
why-words_gone = Read in your words by rule { $rule }. The words are no longer kept.
