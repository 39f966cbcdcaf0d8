/* The functions that a board knows by their names: those in which a phase
 * begins, and those whose calls it traces. */
#include "emu/board_in.h"

#include <string.h>

static const struct {
	const char *function;
	enum phase phase;
} beginnings[] = {
	{ "osip_message_parse", PHASE_PARSE },
	{ "osip_message_parse_sipfrag", PHASE_PARSE },
	{ "osip_parse", PHASE_PARSE },
	{ "sdp_message_parse", PHASE_PARSE },
	{ "osip_transaction_execute", PHASE_MACHINE },
	{ "osip_message_to_str", PHASE_BUILD },
	{ "osip_message_to_str_sipfrag", PHASE_BUILD },
	{ "osip_message_clone", PHASE_BUILD },
	{ "sdp_message_to_str", PHASE_BUILD },
	/* of rung's own firmware */
	{ "sip_build", PHASE_BUILD },
	{ "sip_build_again", PHASE_BUILD },
	{ "sip_build_cancel", PHASE_BUILD },
	{ "sip_build_response", PHASE_BUILD },
	{ "sdp_offer", PHASE_BUILD },
	{ "sdp_answer", PHASE_BUILD },
};

enum phase
phase_of(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(beginnings); i++)
		if (strcmp(beginnings[i].function, name) == 0)
			return beginnings[i].phase;
	return PHASE_OTHER;
}

const char *
phase_word(enum phase phase)
{
	static const char *const words[] = {
#define X(id, word) word,
		PHASE_TABLE(X)
#undef X
	};

	return words[phase];
}

static const char *const functions[TRACED_FUNCTIONS_N] = {
#define X(id, function, says) [TRACED_##id] = (function),
	TRACED_FUNCTIONS(X)
#undef X
};

unsigned
traced_function_of(const char *name)
{
	for (unsigned i = 0; i < TRACED_FUNCTIONS_N; i++)
		if (strcmp(functions[i], name) == 0)
			return i + 1;
	return 0;
}

const char *
traced_function_at(enum traced_function kind)
{
	return functions[kind];
}
