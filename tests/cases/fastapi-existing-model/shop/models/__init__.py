from shop.models.customer import Customer
from shop.models.order import Order
from shop.models.product import Product

__all__ = ["Customer", "Order", "Product"]
