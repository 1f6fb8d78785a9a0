"""Many plausible offices with their plans, and the truth about them, made without asking the product.

`plans` makes a plan and its sums, `writing` puts it into any form and knows where everything stands, `faults`
plants what is wrong, `folder` makes a whole folder of offices with copies, old versions and files that lack.
"""
