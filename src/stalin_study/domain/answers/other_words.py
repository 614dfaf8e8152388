"""Words and names that are a slip away from an answer of the deck and mean something else."""

OTHER_WORDS = frozenset(
    """
    steals stealing stealer
    aching acorn act action actions administrative administrator administrators aerial afar
    age aggressive aggressor ahead aim aims alas ale alias all alms alpha amending ammunition
    amp andrews anger angers animation animations anomalies anomaly anticipation arc arch
    arcs ares argument arguments ark arm armaments armies arming arms army art arterial arts
    arty ascending asleep astronomy atop attach attached attaching attacker attackers
    attained attested attic attracted attuned auction auctions audited audrey australia
    austria aviation awaken awakens aware awl awoke aye backing bahrain bailing baiting baking
    balding banner banners banning baring barn baron basing bathing batting bay bays bead
    beads beaming bear bearing bearings bears bedding begging behaving beings bellows bending
    betting bidding big billing billings binding bindings biting blaming blaring blast
    blasting blasts blazing bleeding bless blight blinding blood blooded bloods blot blow
    blower blowers blows boasting boat boating boats boiling bolder bon boned booked booted
    booting bored bothered bow bowed boxed bracing brain brains braking brave braves breaking
    breathing brezhnev brisk briton britons brittany britton broader brought budding bug
    bulging bullying bunny bunting burn busting buy byproduct cabal cafe cal calls cam came
    campus cams cap caps caption captions car carat carcass cared careful carnal carp carts
    case cases caucus cauldron cause causes caution cautions cavities cavity cell cells
    centrist champ champs change chanted chaps charged chariot chariots chart charts chastity
    chatty cheat cheats chekhov chilled choosing chopped chow churches cit citation citations
    cite cites clamp clamps clarifies clarify clarity clash clashed clashes class classed
    classes classy claws clement clerical clocked cloned close closer closes closet closets
    clot clots clue clues clump clumps coarse coat coats coax cocaine codeine coil coiled
    coils coin coins col cola collectible collectibles collecting collection collections
    collective colt colts columbine columnist combing comical coming commandant commencing
    commenting commissioner commissioners commit commits committed commotion commune communion
    communities community commute compassion compile composition compositions compress con
    conduct conducts confer confess confine confines conflict conflicts congo connect
    connective connects conquer cons consider considers consular consume consumed consumes
    contact contacts contain contains continual continuous continuum convent convert converts
    convey conveyed conveying conveys convince convinces cool cools coon cooperation copped
    coral corals cord cords core cores cork corny corp corps corrective cot counter counters
    counties county cow cramp cramps crease cropped crude cruise cruises crutch cub cuba cuban
    cubs cull cunt cunts cur cures curry curse curses curt cut cuts dab dad dads dam damp dams
    dating daughter daughters dave david davis dawn day days dealing dealings dear dearth
    debating deceased deceived deceiving decided decisive declared decorated decree decreed
    decrees deeper defiance defies defined defines deformed delicious delirious dell delusion
    delusions demon demons demoted denoted denounce dentist dentists departed departmental
    depending depicted depleted deposed deposited depreciation depressed depressing depressive
    depth depths derivation deserted deserved design designed designs desired destined
    destroyer destroyers detained detector detectors deter devices devise devolution devoted
    devoured dew dieter dieting dig digs direct directed direction directions directly
    directories directory directs disk disks diva divas dive diver divers dives division
    divisions dniester docket doctoral dole dove doves draped dreaming dries driver drivers
    driving dropped drown dry dudes dye ear earning earnings earring earrings ears easing
    easter eating economic economical economics economy eight einstein ejection election
    electrician ell emptying ending endings endowment enforcing engine engines enjoyment
    envision erection error estate estates etching eternal evasion evolution exception
    exceptions executioner executive executives executor exemption exemptions exertion exited
    exported expression external eye eyeing faced factor factored factors fad faded fail fails
    fake fakes faking famed far fare fared fares farmed farming farms fart farther farts
    fashion fashions fat fated fatter fearing feat feather feathers feats feature features fed
    fee feel feels fellow fellows felt fer fetching few fiction field fields filed fill fills
    fin find finds fine fined fines fins fired fireman firemen firm firmer firms fishes fitter
    fixer fixes flared flood floods flow flower flowers flows fold folds folio follies folly
    fond foo food foods fool fools foot footing force ford foreman forged fork forked forks
    form formed former forms fraction fractions friction fried frisk fucked full function
    functions gain gains gall gar gather gathers gave gear geared gearing gears gen genera
    generic genre genres gent george ghana goal goals god gods gold golds goo good goodies
    goods goody goof goon goons gorbachev gory gout governmental govt grace graces grade
    grades grail grape grapes grate grating gravel gravy graze greet greets grieve grin grip
    grips groin grove groves guiding guy guys habitation hallowed halted hanged harden harms
    harvest harvested harvests hating hazy head heading headings heady heal healed healing
    heals heap heaps hear heard hearing hearings hears heat heating heats heave heck heed
    heeled held hell helm helms help helps hem hemp herd herds hey hippy historic hitter
    hitters hold holds holland hood hoods hooking horse horses hose hoses hosting hot
    householder humane hung iberia iceland icon icons ills imitation imposition incision
    incoming indignation infernal informant informants infusion initiates initiating
    initiation inland inn innovation innovations inns ins integral integration inter
    intercepted intern internet interns interpretation interpretations interruption
    interruptions interval intervals intuitive invaders invasive inversion ion ions iran iraq
    ireland irony iteration iterations jacking jade jan jay jew jon jordan junction junctions
    junk jury kay keeping kettle khrushchev kicked killer kiln kilo kilos korea krupp ladder
    ladders lama land landed lander landing landings lands lap lash lass lat latter laughter
    lawyer lawyers lean leaned leans least leather lees leg legs lei lemon lemons lend lender
    lenders lends lennon lens lest levi levin liberia librarian librarians liege lien linda
    lion lions literary literate litter lively loader local locals locker lockers loner loon
    lore los loser losers loss lost lottery louder lover lovers lower luckily lump lust mace
    machete machine mad mag maid maids mail mails male males mall man manages mane manger
    manner manners manning mans mansion mansions many map maps mar marches marching mare mares
    marine marines marked marker markers marking markings mars marsh mart marx mash mask
    masking masks mast masts match matches matching maternal mates mating mats max maxima may
    mayo maze meal meals meaning meanings medal medals medial melting mending mental mention
    mentions merging mess messing meta metering michael militant militants militarily mill
    milled milling mills min minding miniseries ministries ministry minster mister mixing
    moaning mocking mode moderation modes module modules moldova mon monastery monster
    monsters moss motel motels mowing mutation mutations mutual nan nasal natal national
    nationalistic nationally nationals navel navigation navy nay nearing neat needing nesting
    netting newman nom notification notifications notion notions oat oath oats officer
    officers oil oiled old ole omission omissions onion onions operatic operating operational
    operative operatives operator operators opus order organisational organiser organisers
    ouch out outs pace paces pack pale panned pant panting pants panty paris parishioners
    parity parry part particle particles partly parts past pat patch path paths pats patty pay
    pays pct peaking peer peers peg pegs pendant pending pennant persecution personally
    pertinent petting pheasant physicians pick picks pie pies pile piles pilot pilots pin ping
    pings pinning pins pioneered pip pips piss pit pits placing planar plane planes planet
    planets planned planted planter planters planting plaster plating platter player players
    playing pleasant ploy plunder plunger plunging plush pointer pointers poised poisoned
    poisonous poke pokes pol police policies policy polishing poll polled polls polo ponder
    pope popes pore pores ported pose poses position positioned positions positively pot
    potion potions pots pow power powers prada precaution precautions precision predation
    predict prediction predictions predicts preparatory prepping preservation pricey prick
    pride primate primates prime primes prince princes prison prisoner prisoners private prize
    prizes processor processors produce produced producer producers produces productive
    profess professed profession professions project projection projections projects prominent
    pronunciation propagation prophet prophets proportion proportions propped protect
    protection protections protects protestors provides prussia prussian pug punishing
    punitive put putin quack quill racked racket racking rain raining raking ram ramifications
    rams raptor raptors rarest ratification rating ratings ration rations rave raw ray rays
    reaching reacting reaction reactions reactor reactors readiness reading readings
    realisation realises realization reaping rear reared rearing rec recreate recreated rector
    redness reduction reed ref reforming regain regarding regina regression reign reigns
    relation relations religiously remaining remember remembers remover renaming renounce
    renounced renouncing reparations reported reporter reporters repression republican
    republicans reputation reputations resigned resolution resolutions resorted respiration
    responsibly rested restored resuming retardation reunification revelation revelations
    revision revisions revocation rewarding rex rhyming rice rick ride rider riders rides rink
    rioting rise rises risky roaming roaring rocked rocker rockers rode roofing rotating
    rotting routing rover rovers rudy rue ruining rule rules rune runes ruse sacred sad safe
    sage sages sake sale sales same sandy sane sanitation sat satan satin save saver savers
    saves sawyer scaled scare scares scarier schooling scored scorn scotch scots scout
    scouting scouts sea seal seals seaman seamen seating sec secretly section sections secured
    sedation see seeding self seller sellers semen sending sensing sent seoul serge serial
    serials sermon sermons setter setting settings settles sew shack shall shared shedding
    sheen sheep sheer sheet sheets shell shells shield shielding shields shifting shimmer
    shirt shirts shit shits shitting shock shocking shocks shoe shoes shook shoot shoots shop
    shopping shops shore shores short shorts shot shots shout shouting shouts shoving show
    showed shower showers showing showings shown shows shut shuts shutting sic sighting
    sightings sill simmer simon sin sins sitter sitting situation situations skate skates
    sketch skill skilled skills slate slayer sled sleek sleep sleeps sleepy slot slots slow
    slower slows slum slums sly smacking smell smells smoothing snitch snooping snort snorting
    snot snout snow snows soared socialite socially sock socket sockets socks soft soil soils
    sol soot soothing sorting sorts sounding soup soups sour southerners sow sown soy spanking
    spanning spared speaking specialist specialists speciality speeding spells spewing
    spinning sport sporting sports spot spots spotting spout spouting spreading squared squire
    stacked stacking stage stages stain stains stake staked stakes staking stale stall
    stalling stallion stalls standing standings star stare stared stares stars stat stately
    static stating statistic statistical statistics statue statues status stave steed steel
    steep steeply steer steers stellar step steps stern sting stings stitch stock stocks
    stolen stomp stoop stout stow stump stumps suction summaries summary summed summon summons
    surge surges suspending sweating swede sweep sweeps sweetly swell swells swimmer swish
    tackling taking talking tall taming tan taping tar taxing teaming tear tearing tears
    teasing technical ted tell tells ten tennis tens tense terrier terry thine thread threads
    threat threats thrills throat throats ticking tie tiger tigers tin tins toe toes tom tome
    toms tomsk tone tones tong tony top tops tor torn toss tot tots touched touching tow town
    towns toy toys trace tracer traces tracing tracked trackers tracking tract traction
    tractor tractors tracts trader traders trail trails train trains trait traitor traitors
    traits trashing treat treaties treats treaty triad tribal trick tricks tricky troll trolls
    tron trophies trophy tun tune tunes tweaking twine twins twitching unification uniform
    uniforms unison urbanisation urbanization urged user users ushered vacation vacations var
    varied vent venting ventral vents vetting victory violin violins vocation vow wafer wake
    wakes wall walls wan want wants war warm warmer warms wash washes wear wears weather
    weekday weekdays wells wen wept west wet wetter whats whine whit whiter whooping wick wig
    wigs wild wilds willow willows wilt wind winds wine wines wing winger wingers wings wink
    winner winners wise wit witch witches wither withers wits wiz women won wont wood woods
    word wording words wore worker workers workman worldly worm worms worn worrying wrecked
    wretched write writes yearn yelp yen yield yields youth youths
    """.split()
)

# People and places that pupils know from elsewhere; in this deck they are no right answers.
OTHER_NAMES = frozenset(
    """
    alexandra alexei andropov astrakhan attlee bakunin baku beria bismarck brezhnev budapest
    catherine chapaev chernenko chernov chekhov chicherin churchill crimea danube denikin don
    dostoevsky gagarin gapon goebbels goering gorbachev gromyko harkov himmler hungary irkutsk
    ivan kalinin kazan kerensky khrushchev kolchak kornilov krasnodar krasnoyarsk krupskaya
    lermontov lvov malenkov martov marx minsk mussolini neva nicholas novgorod odessa omsk
    pavlov peter petrov pinsk plekhanov poltava protopopov pushkin putin rasputin riga
    rodzianko romanov roosevelt rostov samara saratov sevastopol shukhov smolensk sokolov
    stolypin suvorov tbilisi tolstoy truman tsaritsyn tula turgenev ufa vasilevsky vilnius
    vladivostok volga voronezh warsaw witte wrangel yalta yaroslavl yeltsin yerevan yudenich
    """.split()
)
