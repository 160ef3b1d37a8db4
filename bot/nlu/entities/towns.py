"""Towns that are known without a word like "office" beside them; folded, data for sites.py."""

TOWNS = (
    # France
    "paris|lyon|marseille|toulouse|nice|nantes|montpellier|strasbourg|bordeaux|lille|rennes|reims|toulon|grenoble|dijon"
    "|angers|nimes|le mans|aix[- ]en[- ]provence|brest|tours|amiens|limoges|annecy|metz|besancon|perpignan|orleans|caen"
    "|rouen|mulhouse|nancy|le havre|saint[- ]etienne|saint[- ]denis|villeurbanne|clermont[- ]ferrand|avignon|poitiers"
    "|la rochelle|pau|bayonne|biarritz|valence|chambery|colmar|dunkerque|calais|lorient|quimper|vannes|saint[- ]nazaire"
    "|la defense|nanterre|courbevoie|boulogne|versailles|creteil|roissy|orly|sophia[- ]antipolis|troyes|chartres"
    "|bourges"
    "|niort|laval|evry|massy|saclay|lens|arras|roubaix|tourcoing|valenciennes|ajaccio|bastia"
    # Belgium, Luxembourg, Switzerland, Quebec and Canada
    "|bruxelles|brussels|liege|namur|charleroi|mons|anvers|antwerp|gand|ghent|luxembourg|esch|geneve|geneva|lausanne"
    "|zurich"
    "|berne|bern|bale|basel|neuchatel|fribourg|sion|montreal|quebec|gatineau|sherbrooke|ottawa|toronto|vancouver"
    "|calgary"
    # United Kingdom and Ireland
    "|london|londres|manchester|birmingham|leeds|glasgow|edinburgh|liverpool|bristol|sheffield|cardiff|belfast"
    "|nottingham"
    "|leicester|coventry|newcastle|southampton|portsmouth|brighton|plymouth|oxford|cambridge|aberdeen|dundee|swansea"
    "|milton keynes"
    "|slough|norwich|exeter|york|hull|derby|luton|preston|dublin|cork|galway|limerick|waterford"
    # Elsewhere
    "|new york|boston|chicago|dallas|houston|austin|denver|atlanta|miami|seattle|san francisco|los angeles|washington"
    "|madrid|barcelona|lisbon|lisbonne|porto|milan|rome|turin|berlin|munich|frankfurt|francfort|hamburg|hambourg"
    "|cologne"
    "|amsterdam|rotterdam|eindhoven|vienna|vienne|prague|warsaw|varsovie|copenhagen|stockholm|oslo|helsinki|tunis"
    "|casablanca"
    "|rabat|dakar|abidjan|singapore|singapour|tokyo|sydney|dubai|bangalore|hong kong"
)
