/*
 * Sentences that a trace can show broken, and that nothing checks yet: where
 * a rule has one its clause is kept in part.
 *
 *	X(rule, sentence)
 *
 * Who adds a row for one (inspect/relations.h), or a check, takes it out here.
 */
#ifndef INSPECT_UNCHECKED_SENTENCES_H
#define INSPECT_UNCHECKED_SENTENCES_H

/* clang-format off */
#define INSPECT_OPEN_SENTENCES(X) \
X(PROXY_FORWARD, N_("A proxy forwards the Routes after its own unchanged.")) \
X(RELIABLE_SEND, N_("A PRACK that matches no reliable response gets a 481.")) \
X(REPLACES_SEND, N_("A UA that knows no dialog named by Replaces answers 481.")) \
X(REGISTER_CSEQ, N_("A phone uses one Call-ID for all its REGISTERs to a registrar."))
/* clang-format on */

#endif
