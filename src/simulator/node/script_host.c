/* The events that a host reports to its script, by name; see
 * node/script_host.h. */
#include "node/script_host.h"

#include "node/menu_program.h"

const char *
script_event_name(enum script_event e)
{
	static const char *const names[] = {
#define X(id, name) name,
		SCRIPT_EVENTS(X)
#undef X
		    "after",
	};

	return names[e];
}
