/* The scenes of all rows (relation_scenes.h). */
#ifndef RELATION_GROUPS_H
#define RELATION_GROUPS_H

#include "relation_scenes_dialog.h"
#include "relation_scenes_message.h"
#include "relation_scenes_server.h"
#include "relation_scenes_session.h"
#include "relation_scenes_single.h"
#include "relation_scenes_ways.h"

#include "base/num.h"

static const struct {
	const struct relation_scene *list;
	size_t n;
} relation_groups[] = {
	{ scenes_of_messages, COUNT_OF(scenes_of_messages) },
	{ scenes_of_dialogs, COUNT_OF(scenes_of_dialogs) },
	{ scenes_of_sessions, COUNT_OF(scenes_of_sessions) },
	{ scenes_of_servers, COUNT_OF(scenes_of_servers) },
	{ scenes_of_fields, COUNT_OF(scenes_of_fields) },
	{ scenes_of_ways, COUNT_OF(scenes_of_ways) },
};

#endif
