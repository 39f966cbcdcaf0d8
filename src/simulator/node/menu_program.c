/* The names of the events of voice menus; see node/menu_program.h. */
#include "node/menu_program.h"

#include "node/script_host.h"

const char *
menu_event_name(enum menu_event e)
{
	static const char *const names[] = {
#define X(id, name) name,
		MENU_EVENTS(X)
#undef X
	};

	return names[e];
}
