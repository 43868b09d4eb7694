CUSTOMER_KINDS = ("private", "business")
