/// The words of a language that decide where lines and cues may end, all in lower case.
struct LanguageWords: Sendable {
  /// The lists that a word stands in.
  struct Kinds: OptionSet {
    var rawValue: UInt8
    static let bound = Kinds(rawValue: 1)
    static let leaning = Kinds(rawValue: 2)
    static let opener = Kinds(rawValue: 4)
    static let title = Kinds(rawValue: 8)
    static let abbreviation = Kinds(rawValue: 16)
    static let unit = Kinds(rawValue: 32)
  }

  /// No line ends on one of these: articles, possessives, prepositions, conjunctions.
  let bound: Set<String>
  /// What each listed word is, for one look-up a word.
  let kinds: [String: Kinds]
  /// Whether only names are written with a capital inside a sentence.
  let capitalsAreNames: Bool

  /// - Parameters:
  ///   - bound: no line ends on one of these.
  ///   - leaning: lines end on one of these only where nothing better is near: pronouns before
  ///     their verb, auxiliaries, negation.
  ///   - openers: a line likes to begin with one of these: conjunctions and prepositions.
  ///   - titles: what stands before a name.
  ///   - abbreviations: what ends in a full stop that ends no sentence, without that full stop.
  ///   - units: what belongs to the number before it.
  ///   - capitalsAreNames: whether only names are written with a capital inside a sentence.
  private init(
    bound: Set<String>, leaning: Set<String>, openers: Set<String>, titles: Set<String>,
    abbreviations: Set<String>, units: Set<String>, capitalsAreNames: Bool = true
  ) {
    var kinds: [String: Kinds] = [:]
    let lists: [(Set<String>, Kinds)] = [
      (bound, .bound), (leaning, .leaning), (openers, .opener), (titles, .title),
      (abbreviations, .abbreviation), (units, .unit),
    ]
    for (list, kind) in lists {
      for word in list { kinds[word, default: []].insert(kind) }
    }
    self.bound = bound
    self.kinds = kinds
    self.capitalsAreNames = capitalsAreNames
  }

  /// The lists for a language code (`en`, `fr-CA`); empty ones for a language without lists.
  static func forLanguage(_ code: String) -> LanguageWords {
    switch code.lowercased().prefix(while: { $0 != "-" && $0 != "_" }) {
    case "en": english
    case "fr": french
    case "de": german
    case "es": spanish
    default: other
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  private static let commonTitles = "mr mrs ms dr prof st jr sr"
  private static let commonUnits =
    "% ‰ ° °c °f km m cm mm mi ft kg g mg lb lbs oz l ml h min s ms hz khz mhz ghz kb mb gb tb w kw v a € $ £ ¥"

  static let other = LanguageWords(
    bound: [], leaning: [], openers: [], titles: words(commonTitles),
    abbreviations: words(commonTitles + " etc vs no vol fig ca"), units: words(commonUnits))

  static let english: LanguageWords = {
    let prepositions = """
      to of in on at for with from by into onto about over under between through during without \
      within against among upon toward towards across behind beyond beneath beside besides near \
      per via except inside outside above below throughout despite
      """
    let conjunctions =
      "and but or nor because if while although though unless until since whereas whether than as"
    return LanguageWords(
      bound: words(
        "a an the my your his her its our their this these those every each very "
          + prepositions + " " + conjunctions),
      leaning: words(
        """
        i you he she we they who it's i'm you're he's she's we're they're i've you've we've they've \
        i'll you'll he'll she'll we'll they'll i'd you'd he'd she'd we'd they'd \
        is are am was were be been have has had will would can could should may might must shall do \
        does did not don't doesn't didn't can't won't isn't aren't wasn't weren't that which when \
        where what how so after before whose some any no another
        """),
      openers: words(
        prepositions + " " + conjunctions + " so that which who when where what how before after"),
      titles: words(
        commonTitles + " miss sir madam lady lord king queen president senator captain general "
          + "colonel professor doctor saint uncle aunt judge"),
      abbreviations: words(
        commonTitles
          + """
           etc vs no vol fig inc ltd co corp dept est approx e.g i.e a.m p.m u.s u.k u.n ph.d gen col \
          capt lt sgt rev hon gov sen rep ave blvd rd mt jan feb mar apr jun jul aug sep sept oct nov dec
          """),
      units: words(
        commonUnits
          + """
           percent per cent dollars dollar cents pounds euros euro yen hours hour minutes minute seconds \
          second days day weeks week months month years year miles mile feet foot inches inch yards \
          kilometers kilometres meters metres centimeters kilograms grams tons tonnes degrees hundred \
          thousand million billion trillion people times a.m p.m am pm o'clock
          """))
  }()

  static let french: LanguageWords = {
    let prepositions = """
      à de du des d' en dans par pour sur sous avec sans chez entre vers contre depuis pendant avant \
      après dès jusque jusqu'à jusqu'au parmi selon malgré aux au
      """
    let conjunctions = "et ou mais donc or ni car que qu' si comme quand lorsque puisque quoique"
    return LanguageWords(
      bound: words(
        """
        le la les l' un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet \
        cette ces chaque quelques plusieurs très 
        """ + prepositions + " " + conjunctions),
      leaning: words(
        """
        je j' tu il elle on nous vous ils elles qui dont où ne n' se s' me m' te t' y c' suis es est \
        sommes êtes sont était étaient ai as a avons avez ont avait avaient va vais vont c'est n'est \
        j'ai qu'il qu'elle qu'on ça plus
        """),
      openers: words(prepositions + " " + conjunctions + " qui dont où parce alors puis"),
      titles: words("m mm mme mmes mlle dr pr me st ste monsieur madame mademoiselle maître saint"),
      abbreviations: words("m mm mme mlle dr pr st ste etc cf p ex av no vol env éd fig janv févr"),
      units: words(
        commonUnits
          + """
           pour cent euros euro francs dollars heures heure minutes minute secondes jours jour semaines \
          mois ans an années kilomètres mètres centimètres kilos grammes tonnes degrés mille millions \
          million milliards milliard
          """))
  }()

  static let german: LanguageWords = {
    let prepositions = """
      in an auf für mit von zu bei nach aus um über unter vor hinter neben zwischen durch gegen ohne \
      bis seit während wegen trotz außer innerhalb außerhalb gegenüber laut im am ins ans zum zur beim vom
      """
    let conjunctions =
      "und oder aber sondern denn dass weil wenn ob als obwohl damit sowie wie "
      + "bevor nachdem sobald solange falls sodass"
    return LanguageWords(
      bound: words(
        """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner mein \
        meine meinen meinem meiner dein deine sein seine seinen seinem seiner ihr ihre ihren ihrem \
        ihrer unser unsere unseren euer eure dieser diese dieses diesen diesem jeder jede jedes sehr 
        """ + prepositions + " " + conjunctions),
      leaning: words(
        """
        ich du er sie es wir man wer was bin bist ist sind seid war waren habe hast hat haben hatte \
        hatten werde wird werden kann können muss müssen soll sollen will wollen nicht
        """),
      openers: words(prepositions + " " + conjunctions + " der die das wo wer was"),
      titles: words("herr frau herrn dr prof st sankt könig königin präsident"),
      abbreviations: words(
        "dr prof st hr fr bzw usw z.b d.h u.a ca nr str evtl ggf inkl vgl abs art mio mrd jan feb okt"
      ),
      units: words(
        commonUnits
          + """
           prozent euro dollar franken cent uhr stunden stunde minuten minute sekunden tage tag wochen \
          monate jahre jahr kilometer meter zentimeter kilo kilogramm gramm tonnen grad hundert tausend \
          million millionen milliarde milliarden
          """), capitalsAreNames: false)
  }()

  static let spanish: LanguageWords = {
    let prepositions = """
      a de del al en con por para sin sobre entre hacia hasta desde según contra durante tras ante bajo mediante
      """
    let conjunctions = "y e o u pero sino ni que porque si aunque cuando como mientras"
    return LanguageWords(
      bound: words(
        """
        el la los las lo un una unos unas mi mis tu tus su sus nuestro nuestra nuestros nuestras \
        vuestro vuestra este esta estos estas ese esa esos esas cada muy 
        """ + prepositions + " " + conjunctions),
      leaning: words(
        """
        yo él ella nosotros ellos ellas usted ustedes se me te le les nos no es son era eran soy eres \
        somos fue he has ha hemos han había está están estaba quien donde
        """),
      openers: words(prepositions + " " + conjunctions + " quien donde cual"),
      titles: words("sr sra srta dr dra d dña don doña san santa señor señora"),
      abbreviations: words("sr sra srta dr dra d dña ud uds etc pág núm art ej aprox ee.uu"),
      units: words(
        commonUnits
          + """
           por ciento euros euro dólares pesos horas hora minutos minuto segundos días día semanas meses \
          años año kilómetros metros centímetros kilos gramos toneladas grados mil millones millón
          """))
  }()
}
