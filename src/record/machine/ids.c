/* Words of states and events; see machine/ids.h. */
#include "machine/ids.h"

#include "machine/tables.h"

const char *
state_word(enum state_id state)
{
	static const char *const words[] = {
#define X(id, word) [STATE_##id] = word,
		MACHINE_STATE_WORDS(X)
#undef X
	};

	return words[state];
}

const char *
event_word(enum event_id event)
{
	static const char *const words[] = { [EVENT_NONE] = "",
#define X(id, word) [EVENT_##id] = word,
		MACHINE_EVENT_WORDS(X)
#undef X
	};

	return words[event];
}
