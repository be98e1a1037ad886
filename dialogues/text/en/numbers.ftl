# Numbers to call: how a line is told, the list of countries, and their names.

button-country = Number for my country
button-change_country = Change country
button-other_country = Other country
button-part = { $first } to { $last }
button-copy_health = Copy health line
button-copy_maternity = Copy midwife line
button-copy_mood = Copy mood line
button-copy_crisis = Copy crisis line

help_line = { $name }: { $number }, { $hours }.
    .most_parts = { $name }: { $number }, { $hours }, in most places.

line-health = Health line
line-maternity = Midwife line
line-mood = Line for low mood
line-crisis = Crisis line

hours-always = day and night
hours-daily = { $from } to { $to }
hours-days = { $first } to { $last }, { $from } to { $to }

weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

countries =
    Which country are you in? Tap it, and I show its number.
    I do not look up where you are. What you tap is kept with your answers, for 24 hours.
    In danger now? Do not wait for this. Call { $number }.
countries-why = Each country has numbers of its own. I never look up where you are. So I ask, and only when you want a number.
countries-chosen = { $country }. In danger, call { $number }.
countries-other = I do not have the number of that country. In danger, try 112. It works in many countries, from a mobile phone. Or ask someone near you.

country-AE = United Arab Emirates
country-AT = Austria
country-AU = Australia
country-BD = Bangladesh
country-BE = Belgium
country-BG = Bulgaria
country-CA = Canada
country-CH = Switzerland
country-CY = Cyprus
country-CZ = Czechia
country-DE = Germany
country-DK = Denmark
country-EE = Estonia
country-ES = Spain
country-FI = Finland
country-FR = France
country-GB = United Kingdom
country-GH = Ghana
country-GR = Greece
country-HK = Hong Kong
country-HR = Croatia
country-HU = Hungary
country-IE = Ireland
country-IN = India
country-IS = Iceland
country-IT = Italy
country-KE = Kenya
country-LK = Sri Lanka
country-LT = Lithuania
country-LU = Luxembourg
country-LV = Latvia
country-MT = Malta
country-MY = Malaysia
country-NG = Nigeria
country-NL = Netherlands
country-NO = Norway
country-NZ = New Zealand
country-PH = Philippines
country-PL = Poland
country-PT = Portugal
country-RO = Romania
country-SE = Sweden
country-SG = Singapore
country-SI = Slovenia
country-SK = Slovakia
country-US = United States
country-ZA = South Africa
