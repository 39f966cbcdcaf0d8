/* What boxes do wrong where the attribute `faults` asks for it. */
#ifndef PAIR_PAIR_FAULTS_H
#define PAIR_PAIR_FAULTS_H

#include "base/i18n.h"

/* X(ID, word, text): what real boxes have been found to do, to be asked for by
 * the attribute `faults`. */
#define PAIR_FAULTS(X)                                                     \
	X(CALL_ID, "call-id", N_("keeps the Call-ID on both sides"))       \
	X(HOPS, "max-forwards",                                            \
	    N_("starts Max-Forwards again at its initial value"))          \
	X(RECORD_ROUTE, "record-route",                                    \
	    N_("loses the Record-Route of its 2xx"))                       \
	X(CONTACT, "contact",                                              \
	    N_("uses the address of the other leg in Contact"))            \
	X(HOLD, "hold", N_("answers a hold itself and does not relay it")) \
	X(RSEQ, "rseq", N_("counts RSeq as if all early dialogs were one"))

enum pair_fault {
#define X(id, word, text) PAIR_FAULT_##id,
	PAIR_FAULTS(X)
#undef X
	    PAIR_FAULT_COUNT
};
#define PAIR_FAULT_BIT(id) (1u << (id))

/* Their words with single spaces between, and one behind the last. */
#define PAIR_FAULT_WORD(id, word, text) word " "
#define PAIR_FAULT_WORDS                PAIR_FAULTS(PAIR_FAULT_WORD)

#endif
