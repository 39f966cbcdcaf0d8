/* Scenes of messages and responses (relation_scenes.h). */
#ifndef RELATION_SCENES_MESSAGE_H
#define RELATION_SCENES_MESSAGE_H

#include "relation_scenes.h"

static const struct relation_scene scenes_of_messages[] = {
	{ "A response has the From", "0 a>b OPTIONS\n", "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | From: <sip:x@b.example>;tag=ta\n", false },
	{ "A response has the To", "0 a>b OPTIONS\n", "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | To: <sip:x@b.example>;tag=tb\n", false },
	{ "A response has the Vias",
	    "0 a>b OPTIONS | +Via: SIP/2.0/UDP u;branch=v\n",
	    "5 b>a 200/OPTIONS\n",
	    "5 b>a 200/OPTIONS | -Via | Via: SIP/2.0/UDP "
	    "192.0.2.1;branch=z9hG4bK0 | +Via: SIP/2.0/UDP x;branch=v\n",
	    false },
};

#endif
