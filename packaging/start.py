"""Where the frozen programs start."""

import sys

from stalin_study.__main__ import main

sys.exit(main())
