//! What the numbers of a message are about: the lists of `[measure]`.

macro_rules! measures {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// What the numbers of a message are about: the lists of `[measure]`.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Measure {
            $($(#[$doc])* $name),+
        }

        impl Measure {
            /// The list as one bit of a set of lists.
            #[must_use]
            pub const fn bit(self) -> u128 {
                1 << self as u8
            }
        }

        // They are bits of one number.
        const _: () = assert!(MEASURES.len() <= 128);

        /// The names of the lists of `[measure]`, in the order of [`Measure`].
        pub const MEASURES: &[&str] = &[$($word),+];
    };
}

measures! {
    /// Weeks.
    Week = "week",
    /// Days.
    Day = "day",
    /// Months.
    Month = "month",
    /// Years.
    Year = "year",
    /// Hours.
    Hour = "hour",
    /// Minutes.
    Minute = "minute",
    /// A half.
    Half = "half",
    /// With child.
    Pregnant = "pregnant",
    /// A birth of hers.
    Birth = "birth",
    /// Old, of a baby.
    BabyAge = "baby_age",
    /// Her baby.
    Baby = "baby",
    /// The end of a pregnancy.
    Loss = "loss",
    /// The day a birth is due.
    Due = "due",
    /// The last period.
    LastPeriod = "last_period",
    /// Past the due day.
    Overdue = "overdue",
    /// A trimester.
    Trimester = "trimester",
    /// Ago.
    Ago = "ago",
    /// Last.
    Last = "last",
    /// Next.
    Next = "next",
    /// Today.
    Today = "today",
    /// Yesterday.
    Yesterday = "yesterday",
    /// Tomorrow.
    Tomorrow = "tomorrow",
    /// Before a duration.
    Lasting = "lasting",
    /// Since.
    Since = "since",
    /// Near a week that is not her stage now.
    NotMine = "not_mine",
    /// With another child: before a week that is not her stage now; behind her weeks it says nothing.
    WithAnother = "with_another",
    /// Between two numbers of a range.
    Range = "range",
    /// Nearly.
    Nearly = "nearly",
    /// A temperature.
    Temperature = "temperature",
    /// Celsius.
    Celsius = "celsius",
    /// Fahrenheit.
    Fahrenheit = "fahrenheit",
    /// Money.
    Money = "money",
    /// A dose.
    Dose = "dose",
    /// A weight.
    Weight = "weight",
    /// A length.
    Length = "length",
    /// An age in years.
    Age = "age",
    /// A time of day.
    Clock = "clock",
    /// Blood pressure.
    Pressure = "pressure",
    /// Between a score and its ten.
    Score = "score",
    /// Times.
    Times = "times",
    /// Things that are counted.
    Pieces = "pieces",
    /// A, an: one.
    Single = "single",
    /// At: a week that may be past.
    At = "at",
    /// Of: behind a duration.
    Of = "of",
    /// Left: weeks until the birth.
    Remaining = "remaining",
    /// On the dot: to the day.
    Exactly = "exactly",
    /// The day she conceived.
    Conceived = "conceived",
    /// Between two numbers: weeks plus days.
    Plus = "plus",
    /// A pronoun that is a baby's, not hers.
    BabyHe = "baby_he",
    /// Will be, turned, completed: before an age or a week.
    Becomes = "becomes",
    /// About: before an age or a week, and says nothing.
    About = "about",
    /// What belongs to a birth, now or years ago; no stage by itself.
    BirthSomeTime = "birth_some_time",
    /// What else may be due: a rent, a period.
    NotDue = "not_due",
    /// What only a pregnant woman writes of; no stage by itself.
    SaysPregnant = "says_pregnant",
    /// What only a mother writes of; no stage by itself.
    SaysAfterBirth = "says_after_birth",
    /// Before the name of a month: in, early, mid.
    InMonth = "in_month",
    /// What else has degrees, or numbers like them: a bath, the weather, a pulse.
    NotDegrees = "not_degrees",
    /// A hundred, of a spoken temperature.
    Hundred = "hundred",
    /// The point of a spoken temperature.
    Point = "point",
    /// Two or three.
    Couple = "couple",
    /// More than one, and not many.
    Few = "few",
    /// The day before yesterday.
    BeforeYesterday = "before_yesterday",
    /// The day after tomorrow.
    AfterTomorrow = "after_tomorrow",
    /// Between days and weeks: so many days are missing from them.
    ShortOf = "short_of",
    /// Between days and weeks: so many days more than them.
    Beyond = "beyond",
    /// Turned, hit: the weeks behind it were reached on the day that is named.
    Turned = "turned",
    /// The due day, as a number is added to it.
    Term = "term",
    /// Names for the due day, behind which or before which the day may stand.
    DueDay = "due_day",
    /// Had, gave birth to: before her baby.
    Had = "had",
    /// Between having had and her baby: my little.
    HadWhat = "had_what",
    /// What she had, where the word alone is no baby: a girl.
    HadWhom = "had_whom",
    /// Mother to: before the age of her baby.
    MotherTo = "mother_to",
    /// Was: a due day that is gone.
    Was = "was",
    /// Before "week 30": on, now.
    InWeek = "in_week",
    /// Born: at the beginning, whoever it was.
    Born = "born",
    /// Came, was born: behind a baby or its name.
    Came = "came",
    /// Oh, as it is spoken in "one oh one".
    Zero = "zero",
    /// Went up to: before a temperature of a hundred or more, in Fahrenheit.
    Climbs = "climbs",
    /// Her belly, as it tells how far on she is: "belle na 8 months".
    Belly = "belly",
    /// I am: before weeks or months of hers.
    IAm = "i_am",
    /// I, as who writes speaks of herself: "I can hardly walk".
    Speaker = "speaker",
    /// She is, he is: before the age of a baby, or the weeks of somebody.
    SheIs = "she_is",
    /// Behind a number, where a birth is spoken of: "5 weeks on", "nine days after".
    OnFrom = "on_from",
    /// Behind a number, since a birth whatever else is said: "6 days out".
    Out = "out",
    /// Behind a number, before a birth: "a few days before I had him".
    Before = "before",
    /// Every, each: what is said so often is no time since anything.
    Each = "each",
    /// Before a bath or a room, the temperature behind it is hers: "37.5 after a hot bath".
    Following = "following",
    /// Takes a number back that stands before it: "38, sorry, 36.8".
    Misread = "misread",
    /// Relatives and friends who are no mother of a small baby: a husband.
    NoMother = "no_mother",
    /// Women beside her, who may be pregnant themselves: a sister, a friend.
    Kin = "kin",
    /// Behind weeks of hers: "34 with my second".
    WithThis = "with_this",
}
