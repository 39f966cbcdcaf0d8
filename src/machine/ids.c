/* Words of states and events; see machine/ids.h. */
#include "machine/ids.h"

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

static const char *const events[] = { [EVENT_NONE] = "",
#define X(id, word) [EVENT_##id] = word,
	MACHINE_EVENT_WORDS(X)
#undef X
};

const char *
event_word(enum event_id event)
{
	return events[event];
}

enum event_id
event_find(struct str word)
{
	size_t i = sizeof(events) / sizeof(events[0]) - 1;

	while (i > EVENT_NONE && !str_is(word, events[i]))
		i--;
	return (enum event_id)i;
}
