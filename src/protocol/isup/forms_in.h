/* For the files of this room: how a parameter's contents are built. */
#ifndef ISUP_FORMS_IN_H
#define ISUP_FORMS_IN_H

#include "isup/isup.h"

enum isup_form {
	FORM_BITS, /* indicators at fixed places, or none that are read */
	FORM_CALLED,
	FORM_CALLING,
	FORM_REDIRECTING,
	FORM_SUBSEQUENT,
	FORM_GENERIC,
	FORM_CAUSE,
	FORM_RANGE,
	FORM_MILLISECONDS,
};

/* Of parameter CODE; FORM_BITS for one that is not known. */
enum isup_form isup_form(unsigned code);

#endif
