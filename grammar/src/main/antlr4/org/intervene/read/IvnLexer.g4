/** Words of the experiment language. Only the words of the first group are reserved. */
lexer grammar IvnLexer;

channels { COMMENTS }

// Reserved: operators spelled as words. Every other word may name something.
ALL: 'all';
AND: 'and';
ELSE: 'else';
IF: 'if';
NOT: 'not';
OR: 'or';
THEN: 'then';

// Clauses
ABOUT: 'about';
AUTHORS: 'authors';
CIRCUIT: 'circuit';
CITE: 'cite';
DATA: 'data';
DICTIONARY: 'dictionary';
EXPECT: 'expect';
EXPERIMENT: 'experiment';
GOLDEN: 'golden';
METRIC: 'metric';
MODEL: 'model';
PARAM: 'param';
PLOT: 'plot';
RUN: 'run';
SUBSPACE: 'subspace';
TOKENS: 'tokens';
VECTOR: 'vector';

// Statements
ABLATE: 'ablate';
ADD: 'add';
CLAMP: 'clamp';
COLLECT: 'collect';
FREEZE: 'freeze';
KNOCK: 'knock';
MEAN: 'mean';
NOISE: 'noise';
PATCH: 'patch';
RESAMPLE: 'resample';
SCALE: 'scale';
SET: 'set';
SKIP_: 'skip';
STEER: 'steer';
SUBTRACT: 'subtract';
ZERO: 'zero';

// Words inside clauses and statements
ALONG: 'along';
AS: 'as';
BOS: 'bos';
BY: 'by';
CLEAN: 'clean';
CORRUPT: 'corrupt';
DEVICE: 'device';
DIGEST: 'digest';
DISTINCT: 'distinct';
DTYPE: 'dtype';
EXCEPT: 'except';
FILE: 'file';
FOR: 'for';
FROM: 'from';
IN: 'in';
LENGTH: 'length';
LIKE: 'like';
ON: 'on';
OUT: 'out';
OVER: 'over';
PAIRS: 'pairs';
RANDOM: 'random';
REDRAW: 'redraw';
RELATIVE: 'relative';
REPEAT: 'repeat';
REPLACE: 'replace';
ROWS: 'rows';
SEED: 'seed';
SERIES: 'series';
SIGMA: 'sigma';
SWAP: 'swap';
TEMPLATE: 'template';
TO: 'to';
WITH: 'with';
WITHIN: 'within';
X: 'x';
Y: 'y';

NAME: [\p{L}_] [\p{L}\p{M}\p{Nd}_]*;
INT: [0-9]+;
FLOAT: [0-9]+ '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT;
fragment EXPONENT: [eE] [+-]? [0-9]+;

STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';
// Mistakes that are reported by name and then read as a text.
UNTERMINATED: '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'?;
SINGLE_QUOTED: '\'' ~['\r\n]* '\'';
CURLY_QUOTED: [\u201C\u201D\u201E] ~["\u201C\u201D\r\n]* ["\u201C\u201D];

RANGE: '..';
DOT: '.';
COMMA: ',';
COLON: ':';
AT: '@';
ARROW: '<-';
LE: '<=';
GE: '>=';
EQ: '==';
NE: '!=';
LT: '<';
GT: '>';
ASSIGN: '=';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
LPAREN: '(';
RPAREN: ')';
LBRACK: '[';
RBRACK: ']';
LBRACE: '{';
RBRACE: '}';

COMMENT: '#' ~[\r\n]* -> channel(COMMENTS);
SLASHES: '//' ~[\r\n]* -> channel(HIDDEN);
SPACE: [ \t\r\n\f]+ -> skip;
STRAY: . -> channel(HIDDEN);
