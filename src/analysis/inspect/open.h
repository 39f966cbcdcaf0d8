/*
 * Sentences that a trace can show broken, and that nothing looks at yet: where
 * a rule has one its clause is kept in part.
 *
 *	X(rule, sentence)
 *
 * Who adds a row for one (inspect/relations.h), or a check, takes it out here.
 */
#ifndef INSPECT_OPEN_H
#define INSPECT_OPEN_H

/* clang-format off */
#define INSPECT_OPEN_SENTENCES(X)
/* clang-format on */

#endif
