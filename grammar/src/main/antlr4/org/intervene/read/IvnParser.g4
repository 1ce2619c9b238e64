/** The experiment language. Line ends mean nothing; every word that is not reserved may be a name. */
parser grammar IvnParser;

options { tokenVocab = IvnLexer; superClass = DepthGuard; }

// Entries: a whole file, and the texts that stand inside YAML.
spec: clause* EOF;
statementText: statement EOF;
expressionText: expr EOF;
selectionText: choice EOF;
plotText: plot EOF;
goldenText: golden EOF;
dataRefText: dataRef EOF;
settingText: setting EOF;
sizeText: sum EOF;
repeatText: repeat EOF;
templateLineText: templateLine EOF;

clause
  : EXPERIMENT text                                          # experimentClause
  | ABOUT text                                               # aboutClause
  | AUTHORS text (COMMA text)*                                # authorsClause
  | CITE text                                                # citeClause
  | MODEL text modelOption*                                  # modelClause
  | kind=(PARAM | VECTOR | TOKENS | SUBSPACE | DICTIONARY | CIRCUIT) name ASSIGN expr # valueClause
  | DATA name source                                         # dataClause
  | RUN name ON dataRef (FOR sweep (COMMA sweep)*)? body?    # runClause
  | METRIC name ASSIGN expr                                  # metricClause
  | PLOT plot                                                # plotClause
  | EXPECT expr                                              # expectClause
  | GOLDEN golden                                            # goldenClause
  ;

modelOption: key=(DTYPE | DEVICE | BOS) setting;
setting: text | name (COLON INT)?;

// Data
source
  : ROWS row+                                                # rows
  | PAIRS pairBlock                                          # pairs
  | TOKENS LBRACK tokenList (COMMA tokenList)* RBRACK        # tokenLists
  | REPEAT repeat                                            # repeated
  | FILE text (DIGEST text)?                                 # fileRows
  | TEMPLATE text size* templateBlock                        # template
  ;
pairBlock: LBRACE pair* RBRACE;
templateBlock: LBRACE templateLine* RBRACE;
repeat: RANDOM TOKENS size*;
size: key=(LENGTH | ROWS | SEED) sum;
row: LBRACE column+ RBRACE;
pair: CLEAN value CORRUPT value (LBRACE column* RBRACE)?;
column: dotted value;
value: text | MINUS? number | tokenList;
tokenList: LBRACK (INT (COMMA INT)*)? RBRACK;
templateLine
  : name (COMMA name)* FROM expr DISTINCT?                   # drawn
  | dotted ASSIGN name                                       # assigned
  | dotted SWAP name COMMA name                              # swap
  | dotted REPLACE name WITH name                            # replace
  | dotted REDRAW name FROM expr                             # redraw
  ;
dataRef: name (DOT dotted)?;

// Runs
sweep: name IN choice;
body: LBRACE statement* RBRACE;
statement
  : edit (EXCEPT site (COMMA site)*)?                        # editing
  | COLLECT site AS name                                     # collecting
  ;
edit
  : ZERO site                                                # zero
  | MEAN site OVER dataRef (BY name)?                        # mean
  | RESAMPLE site FROM dataRef SEED expr                     # resample
  | PATCH site FROM name (sourceSite | LBRACK site RBRACK)?  # patch
  | ADD site FROM name                                       # addRun
  | SUBTRACT site FROM name                                  # subtractRun
  | STEER site BY expr                                       # steer
  | SCALE site BY expr                                       # scale
  | SET site TO expr                                         # set
  | NOISE site SIGMA expr SEED expr                          # noise
  | ABLATE site ALONG expr                                   # ablate
  | CLAMP site TO sum RANGE sum                              # clamp
  | KNOCK OUT site                                           # knockOut
  | FREEZE site FROM name                                    # freeze
  | SKIP_ name LBRACK picks RBRACK                           # skip
  ;

// Sites
site: siteName axes? place?;
sourceSite: siteWord (DOT part)* axes? place?;
siteName: name (DOT part)*;
part: name | INT;
axes: LBRACK picks RBRACK axis*;
axis: DOT name LBRACK picks RBRACK;
place: AT pick (ARROW pick)?;

// Selections: `pick` binds tightly and follows `@`; `choice` stands alone or in brackets.
choice: ALL | LBRACK picks RBRACK | index (RANGE index)?;
picks: choice (COMMA choice)*;
index: indexTerm ((PLUS | MINUS) indexTerm)*;
indexTerm: tight ((STAR | SLASH) tight)*;
pick: ALL | LBRACK picks RBRACK | tight (RANGE tight)?;
tight: MINUS tight | atom;
atom: number | text | slot | path | LPAREN expr RPAREN;

// Expressions, loosest first
expr: IF expr THEN expr ELSE expr | disjunction;
disjunction: conjunction (OR conjunction)*;
conjunction: inversion (AND inversion)*;
inversion: NOT inversion | comparison;
comparison: sum ((LT | LE | GT | GE | EQ | NE) sum)?;
sum: product ((PLUS | MINUS) product)*;
product: unary ((STAR | SLASH) unary)*;
unary: MINUS unary | postfix;
postfix: primary coordinates*;
coordinates: LBRACK coordinate (COMMA coordinate)* RBRACK;
coordinate: name ASSIGN expr;
primary
  : number
  | text
  | slot
  | LPAREN expr RPAREN
  | listing
  | fileTensor
  | randomLike
  | call
  | site
  ;
listing: LBRACK (expr (COMMA expr)*)? RBRACK;
fileTensor: FILE text;
randomLike: RANDOM LIKE name SEED tight;
call: name LPAREN (expr (COMMA expr)*)? reduction? RPAREN (AT pick)?;
reduction: (OVER | BY) dataRef (COMMA dataRef)*;
slot: LBRACE name RBRACE;
path: name (DOT part)*;

// Results
plot: name expr encoding*;
encoding: channel=(X | Y | SERIES) name;
golden: (BY name)? tolerance (COMMA tolerance)*;
tolerance: dotted? WITHIN number RELATIVE?;

number: INT | FLOAT;
text: STRING | UNTERMINATED | SINGLE_QUOTED | CURLY_QUOTED;
dotted: name (DOT name)*;

name: siteWord | statementWord;
statementWord
  : ABLATE | ADD | CLAMP | COLLECT | EXCEPT | FREEZE | KNOCK | MEAN | NOISE | PATCH | RESAMPLE
  | SCALE | SET | SKIP_ | STEER | SUBTRACT | ZERO
  ;
siteWord
  : NAME
  | ABOUT | AUTHORS | CIRCUIT | CITE | DATA | DICTIONARY | EXPECT | EXPERIMENT | GOLDEN | METRIC | MODEL | PARAM
  | PLOT | RUN | SUBSPACE | TOKENS | VECTOR
  | ALONG | AS | BOS | BY | CLEAN | CORRUPT | DEVICE | DIGEST | DISTINCT | DTYPE | FILE | FOR
  | FROM | IN | LENGTH | LIKE | ON | OUT | OVER | PAIRS | RANDOM | REDRAW | RELATIVE | REPEAT
  | REPLACE | ROWS | SEED | SERIES | SIGMA | SWAP | TEMPLATE | TO | WITH | WITHIN | X | Y
  ;
