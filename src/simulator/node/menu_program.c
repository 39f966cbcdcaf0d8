#include "node/menu_program.h"

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
