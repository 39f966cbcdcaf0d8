/* What a Diameter message is about: whom a question is for, how an answer goes.
 */
#include "words/describe.h"

#include "text/utf8.h"
#include "diameter/diameter.h"

#define IDENTITY_CELLS 40

size_t
describe_diameter(struct str bytes, struct buf *out)
{
	enum diameter_value result;
	struct diameter m;
	struct str who;

	diameter_read(bytes, &m);
	if (!m.head)
		return 0;
	result = diameter_result(&m);
	who = diameter_find(m.avps, DIAMETER_AVP_PUBLIC_IDENTITY);
	if (who.n == 0)
		who = diameter_find(m.avps, DIAMETER_AVP_USER_NAME);
	if ((m.flags & DIAMETER_REQUEST) == 0 &&
	    result != DIAMETER_VALUE_COUNT) {
		buf_printf(out, ": %s",
		    diameter_value_name(result) + strlen("DIAMETER_"));
	} else if (who.n > 0) {
		buf_puts(out, ": ");
		utf8_add_clipped(out, who, IDENTITY_CELLS);
	}
	return 0;
}
