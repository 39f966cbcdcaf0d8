/* Phases: which function begins which. */
#include "emu/phase.h"

#include <stddef.h>
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
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
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
